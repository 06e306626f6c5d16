"""What the scripts weigh, asked in every run of the tests: two changes that each keep the limit can break it together."""

from tests.gates.gate_weight import weigh_scripts
from tests.site import sample


def test_all_scripts_packed_together_stay_within_their_limit() -> None:
    together, one_by_one = weigh_scripts(sample.REPOSITORY / "site_template/assets/taleshelf")
    assert 10_000 < together.value < one_by_one.value
    assert together.met
