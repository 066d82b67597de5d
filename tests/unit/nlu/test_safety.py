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
        # pills, in portions or all of them, and a body that gives way
        "药吃了一半了 有点困",
        "药我分两次吞下去了，现在头晕",
        "刚才吃了二十多片安定，迷迷糊糊的",
        "药都咽下去了",
        "床头那盒药我一次全吃了",
        "把抽屉里的药一口气都吃了",
        "先吃了十几颗，手里还有一把药",
        "药劲上来了，眼皮好沉",
        "药吃完了，想睡了，别叫我",
        "就着白酒把药吃了",
        "头孢配了酒",
        "我吃了30片安眠药",
        "吃了一把药，手开始发麻",
        "已经吞了，慢慢就不疼了",
        "我老公吃了好多药叫不醒",
        "药下肚了，轻飘飘的",
        "药片吃了快一瓶了",
        "吃了一大堆药，眼睛睁不开了",
        "药我吃了，不用再催了",
        "我喝了药，肚子疼",
        "头有点晕 刚吃完一整盒",
        # gas, charcoal, blood
        "煤气阀我拧开了",
        "天然气开着呢，窗也关好了",
        "窗户缝都封好了，炭也点上了",
        "车里点了盆炭",
        "手腕上开了口子，有点疼",
        "浴缸里的水都红了",
        "刀片划下去了，也没那么疼",
    ],
)
def test_something_taken_or_let_loose_already(text: str) -> None:
    assert "overdose:explicit" in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "我闺女留了封信 人不见了",
        "我妈在桌上压了张纸条，手机关机",
        "老公写了信放枕头下，现在联系不上",
        "我弟发消息说对不起大家，然后就找不到人了",
        "我儿子说别找他了，电话也打不通",
        "女儿被你们催得跑出去了，到现在没回家",
        "我老婆现在站在楼顶",
        "我爸说他不想活了",
        "我媳妇吞了安眠药",
        "我哥把自己锁在屋里，手上拿着刀",
        "我妈留下一封信出门了",
        "我闺女划手腕了",
    ],
)
def test_somebody_close_in_danger(text: str) -> None:
    assert {"loved_one:explicit", "overdose:explicit"} & signals(text)


@pytest.mark.parametrize(
    "text",
    [
        "过了今晚就打不通了",
        "过了今晚你们就不用再打了",
        "以后就打不通我电话了",
        "明天你们就找不到我了",
        "再也联系不上我了，放心吧",
        "过完今天谁也见不到我",
        "今晚是最后一晚了",
        "看到这条消息的时候我已经走了",
        "信写好了放在枕头底下",
        "给孩子的视频录好了",
        "今天晚上过后你们就联系不到我了",
        "明天开始这个号再也不会有人接了",
    ],
)
def test_a_last_night_and_words_left_behind(text: str) -> None:
    assert "self_harm:explicit" in signals(text)


@pytest.mark.parametrize(
    "text",
    [
        # medicine and what it costs
        "吃药花了好多钱，这个月还不上",
        "每个月药费一千多",
        "药吃完了没钱买",
        "我妈吃药看病把钱花光了",
        "我妈的血压药吃了一半停了，没钱买",
        "药吃了一半还没好，又得去医院",
        "吃了三盒药还没好，工作也丢了",
        "每天吃十几片药，上不了班",
        "感冒药吃了有点困，明天再说",
        "吃了退烧药头晕，能不能晚两天还",
        "药吃完了病也好了，现在能还了",
        "我把药都停了省钱还款",
        "有点困难",
        "家里困难，药都吃不起",
        "ATM把我的卡吞了",
        "利息都把我吞了",
        "吃了十几年药了",
        "刚吃完药，想问下利息多少",
        # not reached
        "催收打不通",
        "你们客服电话打不通",
        "电话打不通客服怎么办",
        "我手机打不通是欠费了",
        "过了今晚客服就打不通了吧",
        "以后打不通我电话会不会起诉",
        "以后联系不上我会怎么样",
        "我换号了，以后打不通我这个电话",
        "白天上班，以后打不通我就晚上打",
        "过了今晚就逾期了",
        "过了今天就算逾期吗",
        "今天是宽限期最后一天",
        "今晚上最后一晚夜班，明天发工资",
        # letters that are no farewell
        "写了封信投诉你们",
        "收到一封来信说要起诉我",
        "律师函寄到家里了",
        "催收在我家门口留了张纸条",
        "困难申请的信写好了放哪",
        "信用会不会受影响",
        "信用卡也逾期了",
        "给孩子的学费交完了",
        "我老公失联了，他的花呗我要还吗",
        "我妹打不通你们电话",
        "我女儿上网写了作业没回我",
        "我弟留了话说下个月还",
        "他给我留了个电话，打不通",
        "电话以后打不到我单位吧",
        "看到这条短信我该怎么办",
        # gas bills, grills, cuts at work
        "燃气费都交不起了",
        "刀划了一下手机屏碎了",
        "天然气开户要交钱",
        "开烧烤店亏了，买炭的钱都欠着",
        "上班手腕划伤了，工伤还没赔",
        "卡里被划了两笔钱",
        "我妈站在银行门口等着还款",
    ],
)
def test_medicine_calls_and_letters_of_every_day(text: str) -> None:
    assert not {one for one in signals(text) if one.endswith(":explicit")}


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
