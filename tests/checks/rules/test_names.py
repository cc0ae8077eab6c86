from tests.builders.life import life_at
from tests.checks.team import Team

POLICY = "components:\n  - name: gateway\n  - name: coupon-redemption\n"
BUG = life_at("triaged").bug


def test_names_of_the_policy_are_fine(team: Team) -> None:
    team.write("bugs/policy.yaml", POLICY)
    environment = BUG.environment.model_copy(update={"components": ("gateway",)})
    team.put(BUG.model_copy(update={"environment": environment}))

    assert team.told() == []


def test_a_team_that_names_no_components_may_use_any(team: Team) -> None:
    environment = BUG.environment.model_copy(update={"components": ("anything",)})

    assert team.put(BUG.model_copy(update={"environment": environment})).told() == []


def test_an_unknown_component_is_told_with_the_nearest_one(team: Team) -> None:
    team.write("bugs/policy.yaml", POLICY)
    environment = BUG.environment.model_copy(update={"components": ("gatway", "shop")})
    team.put(BUG.model_copy(update={"environment": environment}))

    assert team.told() == [
        "`gatway` is not a component of the policy: did you mean `gateway`?",
        "`shop` is not a component of the policy: choose one of gateway, coupon-redemption.",
    ]


def test_an_unknown_category_and_pattern_are_told_at_their_lines(team: Team) -> None:
    team.put(BUG).edit(
        "BUG-0001", "category: Caching", "category: Cacheing\n  pattern: Nul handling"
    )

    category, pattern = team.place("BUG-0001", "Cacheing"), team.place("BUG-0001", "Nul handling")
    assert [str(problem) for problem in team.problems()] == [
        (f"{category}: `Cacheing` is not a category of the policy: did you mean `Caching`? [name]"),
        (
            f"{pattern}: `Nul handling` is not a bug pattern of the policy: did you mean "
            "`Null handling`? [name]"
        ),
    ]


def test_a_closed_record_keeps_names_that_the_policy_dropped_until_it_is_edited(
    team: Team,
) -> None:
    team.put(life_at("closed").bug).edit("BUG-0001", "category: Caching", "category: Dropped")
    base = team.commit()
    assert team.told() == []
    assert team.told(base) == []

    team.edit("BUG-0001", "title: Redemption fails", "title: Redemption failed")
    assert [problem.rule for problem in team.problems(base)] == ["name"]
