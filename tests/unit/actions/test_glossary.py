"""Whoever asks what a word of the trade means is told what it means."""

from __future__ import annotations

import pytest

from actions.conversation.reply import Reply
from actions.knowledge.glossary import Glossary
from actions.renderer.renderer import Renderer
from tests.unit.actions.conftest import MakeTurn


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("他们说的 DPD 是什么意思", "DPD 一般就是逾期天数"),
        ("什么叫m3", "M3 是 61 到 90 天"),
        ("催收老说M2，啥意思啊", "M2 是 31 到 60 天"),
        ("报告上写着“呆账”是什么", "很难收回"),
        ("展期是个啥", "双方同意把还款的日子往后推"),
        ("不懂什么是连带责任", "直接找其中任何一个人要全部的钱"),
        ("等额本息是什么意思", "每期还的钱一样多"),
        ("恶意透支是啥意思", "说的是信用卡"),
        ("五级分类里的关注是什么意思", "五级分类"),
        ("交叉违约是什么", "一个产品逾期"),
        ("展期跟分期有啥区别", "双方同意"),
        ("代偿怎么理解", "先替借款人把逾期的钱还给了贷款机构"),
        ("解释一下财产保全", "在判决之前"),
        ("什么是征信", "个人信用报告"),
        ("失信被执行人是啥意思", "有能力却拒不履行"),
        ("委外是什么", "交给外面的公司去做"),
        ("停息挂账什么意思呀", "信用卡"),
    ],
)
def test_the_meaning_is_told(
    glossary: Glossary, renderer: Renderer, make_turn: MakeTurn, text: str, sentence: str
) -> None:
    key = glossary.reply_for(text)
    assert key is not None
    assert sentence in renderer.render(Reply(key), make_turn(text)).text


@pytest.mark.parametrize(
    "text",
    [
        "征信什么时候更新",
        "我会不会上征信",
        "年化利率是多少",
        "账单日是什么时候",
        "老赖名单是什么人进的",
        "你们什么意思",
        "代偿了还会上征信吗",
        "能不能给我展期",
    ],
)
def test_other_questions_about_a_word_are_left_to_their_topic(
    glossary: Glossary, text: str
) -> None:
    assert glossary.reply_for(text) is None


def test_every_meaning_has_a_reply(glossary: Glossary, renderer: Renderer) -> None:
    assert glossary.replies() <= set(renderer.wording.replies)
