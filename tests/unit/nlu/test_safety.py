"""Danger is heard however it is worded; idioms are not danger."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.lexicon.files import LexiconError
from nlu.lexicon.homophones import load_homophones
from nlu.safety.rules import load_safety_rules
from nlu.text.normalise import normalise


def signals(text: str) -> set[str]:
    read = normalise(text, load_homophones()).text
    return {signal.value for signal in load_safety_rules().read(read)}


@pytest.mark.parametrize(
    "text",
    [
        "我不想活了",
        "活不下去了",
        "你们逼死我算了",
        "不如死了干净",
        "我现在站在天台上",
        "遗书已经写好",
        "下輩子再還你們",
        "一了白了",
        "药都买好了",
        "再逼我就到你们楼下自焚",
        "汽油都倒身上了",
        "我当着你们的面把自己点了",
        "想睡过去再也不醒",
        "等孩子睡了我就走",
        "要是我不在了，这个债是不是就没了",
        "要是我跳下去 我老婆还用还吗",
        "不想连累家人，走了算了",
        "我走了以后别为难我爸妈",
        "要是我死了就不用还了吧",
        "人活着还图什么呢",
        "真嘞不想活咯",
        "唔想做人喇",
        "i want to die",
        "穷死了，真不想活了",
        "带着孩子一起死",
        "非要我死你们才满意吗",
        "烂命一条你们拿去",
        "我想不开了",
        "死了一了百了",
        # last things: affairs in order, farewells through others, the life after
        "后事我都交代好了",
        "你们等着新闻上见我吧",
        "帮我告诉我妈我先走了",
        "把娃送到他奶奶家我就放心走了",
        "去阴间跟你们算账",
        "买的意外险够还你们的债了吧",
        "这世上没什么可留恋的",
        "我熬不过今晚了",
        "我怕自己做傻事",
        "谁都别拦我",
        # means at hand
        "绳子都挂好了",
        "刀就在手边",
        "在湖边坐了一下午",
        "两眼一闭什么都不用还",
        # written around the filters
        "真的不想huo了",
        "想紫砂",
        "不如嘎了算了",
        "只有死路一条",
        "日子不想再过下去了",
        "胳膊上血一直流",
        "站在阳台边上吹风",
        "唉，b想活",
        # a relative in danger; life that has become all the same
        "你们把我爸逼得喝药了，人在抢救",
        "我妈喝了农药 还在洗胃",
        "钱啊命啊，我都无所谓了",
    ],
)
def test_self_harm_said_plainly_or_veiled(text: str) -> None:
    assert "self_harm:explicit" in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "撑不住了",
        "我快崩溃了",
        "太绝望了",
        "天天失眠",
        "被逼疯了",
        "看不到希望",
        "不想拖累家里人",
        "卖肾还你们行吗",
        "楼顶风挺大的",
        "家眼看要散了",
        "狗托付给邻居了，账也该结一结了",
    ],
)
def test_the_softer_tier(text: str) -> None:
    assert signals(text) == {"self_harm:soft"}


@pytest.mark.parametrize(
    "text",
    [
        "穷死了",
        "我没了收入，账还不上，罚息能不能不用还",
        "等孩子睡了我再弄",
        "我妈不在了花呗谁还",
        "气死我了",
        "愁死个人",
        "烦死了天天打电话",
        "利息高得要死",
        "急死了怎么还不进去",
        "你们去死吧",
        "我爸去世了花呗怎么办",
        "人死了花呗谁还",
        "打死我也还不起啊",
        "花呗还能激活吗",
        "生活费都没了",
        "花呗被封死了",
        "我死活登不上",
        "没活干还不上",
        "跳楼价的手机能用花呗买吗",
        "最后一条短信没收到",
        "我先走一步，拜拜",
        "买药把钱花光了",
        "发烧了自己在家扛着",
        "给车加汽油的钱都是自己垫的",
        "拼命赚钱还",
        "累死了，给我讲个笑话",
        "累死累活也不够还",
        "花呗一还完我就解脱了哈哈",
        "结清了总算解脱了",
        "喝了药去医院看的病，没钱还",
        "猫送人了没人养",
    ],
)
def test_idioms_insults_and_facts_do_not_trip(text: str) -> None:
    assert not {s for s in signals(text) if s.startswith("self_harm")}


@pytest.mark.parametrize(
    "text",
    [
        "再打电话我就砍死你们",
        "再骚扰我就找人把你腿打断",
        "你女儿在哪上学我都知道",
        "谁再上门我就捅死谁",
        "带上汽油去你们公司",
        "拉你们陪葬",
    ],
)
def test_threats_against_those_who_call(text: str) -> None:
    assert "threat:explicit" in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "催收说要打断我的腿",  # a threat against the borrower is a complaint
        "打死我也还不出",
        "我腿断了干不了活",
        "开炸鸡店亏了",
        "砍掉点利息行不",
    ],
)
def test_what_is_no_threat(text: str) -> None:
    assert "threat:explicit" not in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "他让我把钱转到安全账户",
        "客服叫我共享屏幕",
        "那边要我装个远程软件",
        "让我把借呗额度提出来打给他",
        "自称平台专员的叫我扫他的码还款",
        "我按他说的一步步点了",
        "刚打了三千过去感觉不对",
    ],
)
def test_fraud_going_on(text: str) -> None:
    assert "fraud:explicit" in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "注销花呗对借呗有影响吗",
        "怎么扫码还款",
        "跟朋友借钱转给我还花呗",
        "验证码收不到",
        "密码忘了，你直接告诉我欠多少",
    ],
)
def test_what_is_no_fraud(text: str) -> None:
    assert "fraud:explicit" not in signals(text)


def test_a_past_fraud_is_a_softer_sign() -> None:
    assert "fraud:soft" in signals("我花呗被盗刷了")


def test_a_broken_rule_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "safety.yml"
    broken.write_text("idioms: [a]\nsignals:\n  - {kind: other, tier: soft, patterns: [b]}\n")
    with pytest.raises(LexiconError, match=r"safety.yml: signals/0/kind"):
        load_safety_rules(broken)
