"""The lists of choices that leads start with; administrators own them from then on."""

from crm.configurable import ChoiceDefault, ChoiceListKind

CAMPAIGN, WEBSITE, REFERRAL, COLD_CALL, EXISTING = "campaign", "website", "referral", "cold_call", "existing"

LEAD_SOURCE = ChoiceListKind(
    "lead_source",
    "线索来源",
    "Sources of leads",
    (
        ChoiceDefault(CAMPAIGN, "营销活动", "campaign"),
        ChoiceDefault(WEBSITE, "官网", "website"),
        ChoiceDefault(REFERRAL, "转介绍", "referral", fixed=True),  # what a lead has whose source nobody told
        ChoiceDefault(COLD_CALL, "陌生拜访", "cold call"),
        ChoiceDefault(EXISTING, "老客户", "existing customer"),
    ),
    order=40,
)
CHOICE_LISTS = (LEAD_SOURCE,)
