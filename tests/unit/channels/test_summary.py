"""What a person reads who takes over."""

from __future__ import annotations

from datetime import datetime, timezone

from channels.summary import handoff_summary
from channels.wording import load_wording
from identity.handoff import Handoff, HandoffState


def test_a_summary_is_readable_and_leaves_out_what_is_unknown() -> None:
    handoff = Handoff(
        case_number="R20261121-ABC123",
        sender_id="web-1",
        state=HandoffState.WAITING,
        reason="asked_for_person",
        summary={
            "signed_in": True,
            "display_name": "张先生",
            "wishes": None,
            "due_now": "290218.23",
            "last_turns": [{"who": "user", "text": "能不能分期"}, {"who": "bot", "text": "可以"}],
        },
        created_at=datetime(2026, 11, 21, tzinfo=timezone.utc),
    )
    assert handoff_summary(handoff, load_wording()) == "\n".join(
        [
            "转人工摘要",
            "编号：R20261121-ABC123",
            "原因：客户要求人工",
            "已登录：是",
            "称呼：张先生",
            "现在要还（元）：290218.23",
            "最近的对话：",
            "· 说话的人 客户，内容 能不能分期",
            "· 说话的人 助手，内容 可以",
        ]
    )
