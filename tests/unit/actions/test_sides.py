"""One intent, several questions: what a borrower asks about must be what the answer is about.

Each row is a question in our own words, the products it names, and a sentence that a person who
asked it has to find in the answer.
"""

from __future__ import annotations

import pytest

from actions.conversation.reply import Reply
from actions.knowledge.focus import Focus
from actions.renderer.renderer import About, Renderer
from tests.unit.actions.conftest import MakeTurn, entity

ASKED = [
    ("ask_restore_access", "借呗还能再借吗，已经还清了", ("借呗",), "额度一般还款后很快恢复"),
    ("ask_legal_risk", "过了追诉期是不是不用还", (), "诉讼时效"),
    ("ask_family_liability", "我妈不在了，花呗还催", ("花呗",), "节哀"),
    ("out_of_scope", "花呗可以还房贷不", ("花呗",), "不行"),
    ("dispute_payment", "账单比我用的多", (), "账单和您记的不一样"),
    ("ask_legal_risk", "六年前的债还受法律保护吗", (), "诉讼时效是 3 年"),
    # said in other words
    ("ask_family_liability", "请不要再打给我爷爷", (), "转人工登记"),
    ("ask_family_liability", "我表妹求我帮她贷的款", (), "合同上的借款人一般还是本人"),
    ("ask_family_liability", "我冒用我哥的名开的花呗", ("花呗",), "要分清"),
    ("ask_overdue_consequences", "六年前的债还受法律保护吗", (), "诉讼时效是 3 年"),
    ("ask_credit_impact", "欠着不还芝麻会掉多少", (), "降多少说不准"),
    ("ask_legal_risk", "法院判我还，可我没钱", (), "有钱不还是两回事"),
    ("request_human", "热线一直忙音", (), "电话打不进"),
    ("request_instalment", "帮我查还剩几期", (), "逐期列给您看"),
    ("ask_credit_repair", "给他两千就包删记录", (), "别交这个钱"),
    ("ask_account_restricted", "额度变成负三百", (), "额度显示负数"),
    # the same question, heard as another topic
    ("dispute_payment", "怎么就逾期了", (), "自动扣款没扣成"),
    ("dispute_payment", "还款失败扣了钱，花呗停了", ("花呗",), "那笔还款没有成功"),
    ("dispute_debt", "我给弟弟的借款做了担保人", (), "签了担保的"),
    ("ask_family_liability", "给我哥的借呗做过担保", ("借呗",), "签了担保的"),
    ("ask_credit_impact", "全额回收影响房贷吗", (), "主要因为逾期"),
    # weekends, the meantime, guarantors, other papers of a court, other people
    ("ask_overdue_consequences", "还上了就没事了吧", (), "大半是"),
    ("ask_penalty", "礼拜天也算罚息不", (), "照算"),
    ("ask_penalty", "花呗冻结了罚息还会涨吗", ("花呗",), "不会自动停"),
    ("ask_penalty", "先还一半，罚息会少吗", (), "会少"),
    ("ask_penalty", "都还清了，还要补罚息吗", (), "一般不用另外补"),
    ("ask_credit_impact", "征信查询记录几次算多", (), "没有统一的标准"),
    ("ask_credit_impact", "什么是连三累六", (), "银行审批时的说法"),
    ("ask_credit_impact", "哪些贷款会上征信", (), "持牌机构放的款"),
    ("ask_collection", "催收电话不接会有什么后果", (), "不接不违法"),
    ("ask_collection", "换了手机号要告诉催收吗", (), "建议把新号码更新上去"),
    ("ask_collection", "跟催收通话能录音吗", (), "一般可以"),
    ("ask_collection", "催收说打七折让我今天还", (), "先别急着转钱"),
    ("ask_collection", "能不能只发短信联系我", (), "可以提出来"),
    ("ask_legal_risk", "调解中心打电话叫我去", (), "先核实"),
    ("ask_legal_risk", "借款合同写了仲裁怎么办", (), "要看合同写没写"),
    ("ask_legal_risk", "法院寄来支付令", (), "不要不理"),
    ("ask_restore_access", "还清以后额度能恢复到原来的两万吗", (), "不一定"),
    ("ask_auto_debit", "低保卡上的钱被扣光了", (), "绑着的卡都可能扣"),
    ("ask_auto_debit", "周日还会自动扣吗", (), "照常扣"),
    ("ask_family_liability", "还没领证，男朋友的债要我还吗", (), "没登记结婚的"),
    ("ask_family_liability", "我给表哥做了担保人", (), "签了担保的"),
    ("ask_family_liability", "我能替女儿来谈吗", (), "可以帮着说"),
    ("request_negotiation", "能让我老婆帮我谈吗", (), "可以帮着说"),
    ("request_negotiation", "协商申请多久有答复", (), "当场就定"),
    ("request_negotiation", "协商还款会影响征信吗", (), "谈这件事本身"),
    ("request_negotiation", "协商的时候罚息还算吗", (), "不会自动停"),
    ("ask_minimum_payment", "自动扣全额怎么改成最低", (), "一般不用先申请"),
    ("ask_minimum_payment", "过了还款日还能还最低吗", (), "可以还"),
    ("ask_full_recall", "要我一次还清，我拿不出来", (), "不用硬凑"),
    ("ask_full_recall", "通知我全部还清，还有几天时间", (), "看通知里写的生效日"),
    ("request_human", "人工几点上班", (), "什么时候都能"),
    # an answer takes nothing for granted that was not said, and speaks of what was asked
    ("ask_overdue_consequences", "晚还会不会降额", (), "会有影响"),
    ("ask_overdue_consequences", "只晚过一天，下次还能借吗", (), "一般还有机会继续用"),
    ("ask_overdue_consequences", "花呗怎么就逾期了", ("花呗",), "自动扣款没扣成"),
    ("ask_minimum_payment", "只还最低算失信吗", (), "也不算失信"),
    ("ask_full_recall", "全额还款影响买房吗", (), "主要因为逾期"),
    ("ask_account_restricted", "还款失败了，花呗用不了", ("花呗",), "那笔还款没有成功"),
    ("ask_account_restricted", "说我有违约记录不给用", (), "多半就是因为有过没按时还"),
    ("ask_cross_product", "花呗晚了会影响京东白条吗", ("花呗",), "有没有报送征信"),
    # what collectors, courts and offices may do, and what one may do oneself
    ("ask_collection", "他们打来我能录下来吗", (), "一般可以"),
    ("ask_collection", "让他们只发短信，别打", (), "书面联系"),
    ("ask_collection", "会不会告诉我们辅导员", (), "按规定不允许"),
    ("ask_legal_risk", "接到仲裁委的通知咋办", (), "要看合同写没写"),
    ("ask_legal_risk", "就一套房，会被拍卖不", (), "不会一逾期就动房子"),
    ("ask_family_liability", "我是他的紧急联系人，要还吗", (), "没有签字做担保"),
    ("dispute_debt", "男朋友拿我的借呗花了", ("借呗",), "自己同意、帮别人借的"),
    ("ask_credit_repair", "有人说能代开证明包消除", (), "别交这个钱"),
    # debits, refunds and the next bill
    ("ask_auto_debit", "当天没钱，隔天存进去会扣不", (), "逾期以后也可能继续扣"),
    ("ask_auto_debit", "微信里的零钱会不会被扣", (), "授权绑定的账户"),
    ("dispute_payment", "都退货了这期还要还吗", (), "要先按账单还"),
    ("query_due_date", "本月花的是不是下个月还", (), "进下一期"),
    ("request_extension", "分了六期还能再加几期吗", (), "期数一般不能再换"),
    ("ask_account_restricted", "花呗停了，剩下的还要按期还吗", ("花呗",), "停用不等于要一次还清"),
    ("ask_cross_product", "逾期支付宝账号会被冻吗", (), "不能自己封您的微信、支付宝账户"),
    # talking: what it does to the record, what it costs, who talks, for less
    ("request_negotiation", "谈成了征信还留记录吗", (), "已经有逾期的"),
    ("request_negotiation", "谈方案收费不", (), "一般不收手续费"),
    ("request_negotiation", "能让我姐替我谈不", (), "定还要本人来"),
    ("ask_early_settlement", "一次还清能便宜点不", (), "没有固定的折扣"),
    ("request_waiver", "只拿得出一万，能结清不", (), "没有固定的折扣"),
    # after midnight, on a weekend, with a buffer
    ("ask_grace_period", "半夜十二点过了五分才付，晚了吗", (), "24:00"),
    ("ask_grace_period", "过了零点才付成功", (), "一般算逾期了"),
    ("ask_grace_period", "到期碰上礼拜天怎么算", (), "一般不顺延"),
    ("request_extension", "赶上放假还款日能顺延不", (), "一般不顺延"),
    # what the credit register shows, and how it is put right
    ("ask_credit_impact", "花呗是每笔都上征信吗", ("花呗",), "不是一笔一笔上"),
    ("ask_credit_impact", "借呗结清以后征信记录还在吗", ("借呗",), "不会马上消失"),
    ("ask_credit_repair", "征信里金额写的不对", (), "提出异议"),
    ("ask_credit_repair", "这个记录要跟着我一辈子吗", (), "从还清那天起保存"),
    ("ask_credit_repair", "不是成心拖的，能开证明不", (), "没有统一的规定"),
    ("ask_credit_impact", "芝麻分跌了二十，为啥", (), "算法不公开"),
    ("ask_credit_impact", "晚一天和晚两个月有什么区别", (), "有区别："),
    ("ask_credit_impact", "连三累六说的是啥", (), "不是法律的规定"),
    # money: a cap, a rate a year, why more than others, only the interest
    ("ask_penalty", "罚息有上限没", (), "有封顶，按年化算"),
    ("ask_interest_rate", "日息四厘一年下来多少", (), "日利率乘以 365"),
    ("ask_interest_rate", "凭啥我比我朋友利息贵", (), "各人不同"),
    ("ask_partial_payment", "这期只还利息成吗", (), "只还利息不算还够"),
    ("request_waiver", "先付利息行不行", (), "只还利息不算还够"),
    ("ask_minimum_payment", "最低那点也凑不齐", (), "连最低还款都有困难"),
    ("ask_early_settlement", "早点结清合算不", (), "省下后面各期"),
    ("ask_auto_debit", "卡里只有几百先扣吗", (), "只扣一部分"),
    # recall and use
    ("ask_full_recall", "咋突然要我一次还清", (), "多半是逾期到了合同约定的程度"),
    ("ask_full_recall", "被要求全还了，还能谈分期吗", (), "可以申请，但要对方同意"),
    ("ask_account_restricted", "说我综合评估没通过", (), "标准不公开"),
    ("ask_restore_access", "能不能给我涨点额度", (), "不能人工提"),
    ("ask_cross_product", "欠花呗会连累微信吗", ("花呗",), "不能自己封您的微信"),
    # collectors who pretend, an office that hears of it, courts
    ("ask_collection", "催收的自称派出所民警", (), "是不允许的"),
    ("ask_collection", "单位会知道我欠钱吗", (), "按规定不允许"),
    ("request_negotiation", "已经起诉了还能和解吗", (), "可以。"),
    ("ask_legal_risk", "没接到通知就判了", (), "查案号和送达"),
    ("ask_authenticity", "让我先交一笔诚意金", (), "请马上停手"),
    ("ask_authenticity", "短信讲要起诉我，真的假的", (), "用案号核实"),
    ("out_of_scope", "花呗能取现不", ("花呗",), "不能转成现金"),
    ("out_of_scope", "借呗咋关", ("借呗",), "关闭、注销产品"),
    # a day of the month is no amount of money
    ("ask_grace_period", "6号晚一天算不算逾期", (), "晚一天就算逾期"),
    # who says that nothing was ever late hears no guess that something was
    ("ask_account_restricted", "我次次按时，怎么突然借不了", (), "没逾期也可能用不了"),
    ("ask_account_restricted", "一天也没迟过，花呗没了", ("花呗",), "没逾期也可能用不了"),
    ("ask_account_restricted", "卡绑上了还是付不了花呗", ("花呗",), "不等于就能用花呗付款"),
    (
        "ask_account_restricted",
        "晚了五天补上了，怎么还不让用",
        (),
        "有过逾期的，还清以后一般不会马上",
    ),
    ("ask_account_restricted", "还完额度反倒少了", (), "额度由系统定期综合评估"),
    # frozen for being late, and when it comes back
    ("ask_restore_access", "拖了六天给停了，啥时候能用回来", (), "还清以前一般用不了"),
    ("ask_restore_access", "临时额度还进去还能接着花吗", (), "没到期的一般还能接着用"),
    # "这个月" is no length of time
    ("ask_overdue_consequences", "这个月没还上有什么影响", (), "越早还影响越小"),
    ("ask_overdue_consequences", "三个月没还了会怎样", (), "拖得越久越难办"),
    # the case that was named comes first
    ("ask_early_settlement", "花呗办了六期，提前清手续费退不退", ("花呗",), "花呗分期可以一次还清"),
    ("ask_early_settlement", "还了最低以后，提前还掉日息停不停", (), "后面就不再计日息"),
    ("ask_repayment_method", "公积金里的钱能还花呗不", ("花呗",), "一般不能直接还"),
    ("ask_repayment_method", "拿我哥的银行卡还行吗", (), "一般要是账号本人的"),
    ("ask_repay_priority", "能先还借呗这笔吗", ("借呗",), "先还哪一个由您定"),
    ("ask_minimum_payment", "下个月最低要还多少", (), "登录以后我就能告诉您"),
    # already late: nobody has to agree to being paid
    ("request_extension", "已经逾期两天，后天发工资再还行吗", (), "可以还，不用等谁同意"),
    ("request_extension", "能缓到过完年吗", (), "一般不容易谈下来"),
    ("request_extension", "想推到每个月25号", (), "还款日"),
    # debits: off is not on
    ("ask_auto_debit", "代扣怎么给我停掉", (), "可以关"),
    ("query_overdue_status", "钱够却没扣成，算我晚了吗", (), "一般就算逾期"),
    # refunds and charges nobody knows
    ("dispute_payment", "早还清了后来退货，钱退哪儿", (), "账单已经还清的，退款"),
    ("dispute_payment", "有一笔我没下过单", (), "先别急着认"),
    ("dispute_payment", "不是已经代付了吗", (), "页面和提醒一般要过几分钟"),
    # collectors: the hour, the visit, the call
    ("ask_collection", "夜里十一点打来催，允许吗", (), "不合规"),
    ("ask_collection", "会不会跑我家里来", (), "有可能，但规矩很严"),
    ("ask_collection", "不还的话会打电话吗", (), "一般会"),
    ("ask_legal_risk", "律师函来了会不会抓我", (), "不会因为一封律师函"),
    ("ask_credit_repair", "芝麻分什么时候能回来", (), "说不准多久"),
    ("request_waiver", "光还本金成吗", (), "不是普遍的做法"),
    # what the product's page decides
    ("out_of_scope", "花呗多长时间涨一次额度", ("花呗",), "没有公布固定的日子"),
    ("out_of_scope", "怎么看我花呗有多少额度", ("花呗",), "页面上就能看到"),
    ("out_of_scope", "手滑把额度调小了", (), "再调回来"),
    ("out_of_scope", "芝麻要几分才给开借呗", ("借呗",), "没有公布"),
    ("out_of_scope", "解绑银行卡会影响额度吗", (), "一般不影响额度"),
    ("out_of_scope", "身份证失效了怎么办花呗", ("花呗",), "先更新身份证"),
    ("out_of_scope", "网商贷跟花呗同一家吗", ("花呗",), "不是同一家"),
    ("out_of_scope", "打车能用花呗付吗", ("花呗",), "以付款页面为准"),
    ("bot_challenge", "你是支付宝的客服吧", (), "不代表哪一家贷款机构"),
    # when it counts as overdue: the hour, the day, how many days, a period of grace
    ("ask_grace_period", "月供那天夜里几点截止", (), "24:00"),
    ("ask_grace_period", "到期当天补上行不行", (), "还款日当天还，不算逾期"),
    ("ask_grace_period", "多少天没还才叫逾期", (), "一天就算"),
    ("ask_grace_period", "晚了一天算逾期吧", (), "晚一天就算逾期"),
    ("ask_grace_period", "有没有容时", (), "一般没有"),
    ("ask_grace_period", "隔天一早补上算吗", (), "第二天就算逾期第一天"),
    ("ask_grace_period", "晚上九点还来得及吗", (), "在这之前还进去都不算逾期"),
    ("ask_grace_period", "最多能拖几天", (), "没有“最多能逾期几天”的说法"),
    # whether an amount is enough; nobody is told yes before the minimum was looked at
    ("ask_grace_period", "只还四百还算不算逾期", (), "还够最低还款额，通常不算逾期"),
    ("ask_minimum_payment", "交五百够不够", (), "还够最低还款额，通常不算逾期"),
    ("ask_partial_payment", "先还两百够吗", (), "还够最低还款额，通常不算逾期"),
    # a part of it early, and a part of what is late
    ("ask_partial_payment", "借呗提前还掉一半行吗", ("借呗",), "利息只算到还款那天"),
    ("ask_partial_payment", "没钱全还先交一部分呢", (), "没到还款日先还的，是提前还款"),
    ("out_of_scope", "五千给花呗", ("花呗",), "手头有多少先还多少"),
    # one day is not one year
    ("ask_overdue_consequences", "晚了一天要紧吗", (), "晚一两天一般不大"),
    ("ask_overdue_consequences", "二十三天没还要紧吗", (), "越早还影响越小"),
    ("ask_overdue_consequences", "拖了一年会怎么样", (), "拖得越久越难办"),
    ("ask_overdue_consequences", "才到手三个月怎么就逾期了", (), "借款时选的是总期限"),
    ("ask_overdue_consequences", "不用花呗了还会逾期吗", ("花呗",), "也就谈不上逾期"),
    # penalty: whether, from when, whether it goes on, whether it compounds, what it is called
    ("ask_penalty", "晚还要收罚息吗", (), "会有，逾期第一天就开始算"),
    ("ask_penalty", "罚息从哪天开始算", (), "逾期第一天就开始算"),
    ("ask_penalty", "罚息是不是天天涨", (), "还清那天起就不再增加"),
    ("ask_penalty", "罚息会算进本金吗", (), "不会利滚利"),
    ("ask_penalty", "滞纳金是什么意思", (), "收的是逾期利息（罚息）"),
    ("out_of_scope", "没开过借呗能申请网商贷么", ("借呗",), "要看网商贷那边的评估"),
    ("out_of_scope", "额度里算上手续费吗", (), "占不占额度"),
    # the product that was named, and no other
    ("ask_minimum_payment", "借呗能只还最低吗", ("借呗",), "一般没有“最低还款”"),
    ("ask_minimum_payment", "花呗还了最低，剩下的呢", ("花呗",), "剩下的一般会转到下一期账单"),
    ("ask_minimum_payment", "花呗最低还款的数不对", ("花呗",), "转人工核对"),
    ("request_due_date_change", "借呗扣款日想换一天", ("借呗",), "一般改不了"),
    ("request_due_date_change", "花呗扣款日想换一天", ("花呗",), "一般可以"),
    # fees of paying early are not the way to do it
    ("ask_early_settlement", "花呗分期一次付清要手续费吗", ("花呗",), "没到期的手续费退不退"),
    ("ask_early_settlement", "借呗提前结清怎么操作", ("借呗",), "提前结清"),
    ("ask_early_settlement", "能不能提前结清借呗", ("借呗",), "可以提前还"),
    ("ask_early_settlement", "提前结清按钮点不动", (), "提前还不了"),
    ("ask_early_settlement", "提前结清对额度有影响吗", (), "提前还款不是逾期"),
    # debits: the hour, not yet, failed, which account, switching on and off, again after paying
    ("ask_auto_debit", "早上几点自动划款", (), "没有固定的钟点"),
    ("ask_auto_debit", "今天到期怎么还没扣", (), "先别慌"),
    ("ask_auto_debit", "余额不足扣款失败", (), "先自己手动还一下"),
    ("ask_auto_debit", "自动还款怎么设置", (), "我这边不能代您开"),
    ("ask_auto_debit", "自动还款怎么关闭", (), "记得自己按时还"),
    ("ask_auto_debit", "还了最低又被扣一次", (), "自动还款设成了扣全额"),
    # getting use back
    ("ask_restore_access", "还了一期，额度怎么没回来", (), "还一期，恢复一期的额度"),
    ("ask_restore_access", "逾期还清要等多久才能用", (), "要等系统评估"),
    ("ask_restore_access", "是不是永远不能用了", (), "不是永久不能用"),
    ("ask_account_restricted", "逾期以后被冻住了", (), "是因为逾期"),
    ("ask_account_restricted", "我自己关的，现在打不开", (), "自己关掉的产品"),
    ("ask_account_restricted", "额度为什么降了", (), "可能升，也可能降"),
    ("ask_account_restricted", "提示操作有风险", (), "账户安全保护"),
    # one product and another, and which way round
    ("ask_cross_product", "花呗逾期了还能借借呗吗", ("花呗", "借呗"), "一般用不了也借不了"),
    ("ask_cross_product", "花呗逾期会影响别的网贷吗", ("花呗",), "别家审批"),
    ("ask_cross_product", "信用卡逾期影响花呗吗", ("信用卡", "花呗"), "其他平台的逾期"),
    ("ask_cross_product", "用花呗影响借呗的额度吗", ("花呗", "借呗"), "正常使用、按时还款"),
    # credit
    ("ask_credit_impact", "借呗按时还影响信用吗", ("借呗",), "正常还款的记录"),
    ("ask_credit_impact", "提前还花呗芝麻分会掉吗", ("花呗",), "一般不会让芝麻分下降"),
    ("ask_credit_repair", "早就还清了怎么还有记录", (), "会显示为“已还清”"),
    ("ask_credit_repair", "逾期记录几年消掉", (), "保存 5 年"),
    ("ask_credit_repair", "修复申请表在哪下载", (), "没有什么“信用修复申请表”"),
    # collection: a company that collects is not the borrower's employer
    ("ask_collection", "拖多少天会交给委外公司", (), "没有统一的规定"),
    ("ask_collection", "催收打到我公司前台了", (), "不得向无关的家人、朋友、同事催收"),
    # law and family
    ("ask_legal_risk", "打官司归哪个法院管", (), "合同履行地"),
    ("ask_legal_risk", "说立案了，会坐牢吗", (), "不会因此坐牢"),
    ("ask_legal_risk", "诉讼费律师费谁出", (), "一般是败诉的一方"),
    ("ask_legal_risk", "判决下来没钱给，会拘留吗", (), "确实没有钱，和有钱不还是两回事"),
    ("ask_family_liability", "我欠的，老公的工资卡会冻吗", (), "被执行人自己的财产"),
    ("ask_family_liability", "哥哥没担保，催我还", (), "没有签字做担保"),
    ("ask_family_liability", "我妈要是知道了会被我气死", (), "父母没有义务"),
    ("ask_family_liability", "我爸死了，借呗谁还", (), "遗产"),
    # recall
    ("ask_full_recall", "今晚先还一部分，会不会就不用全还了", (), "补上逾期的部分"),
    ("ask_full_recall", "停用以后是按分期还还是一次还", (), "停用不等于要一次还清"),
    # paid, and still something is wrong
    ("dispute_payment", "东西退回去了账单没变", (), "退款一般会退回花呗"),
    ("dispute_payment", "我没逾期却说我逾期", (), "觉得没逾期却显示逾期"),
    ("dispute_payment", "卡里付的，账单里怎么会出现", (), "点开账单明细逐笔对一下"),
    ("dispute_payment", "客服答应减免没兑现", (), "口头答应的"),
    # how to pay
    ("ask_repayment_method", "换手机号登不上怎么还", (), "原来那个支付宝账号"),
    ("ask_repayment_method", "能用微信的钱还吗", (), "微信里的钱可以先转到银行卡"),
    ("ask_repayment_method", "拿信用卡还行吗", ("信用卡",), "信用卡和公积金一般不能"),
    ("ask_repayment_method", "女儿想替我还", (), "可以请人帮忙还"),
    ("ask_repayment_method", "怎么帮我妈还花呗", ("花呗",), "由对方在他自己的页面里发起"),
    ("ask_repayment_method", "换了号码怎么还", (), "原来那个支付宝账号"),
    ("ask_early_settlement", "能先结清下个月的吗", (), "只提前还下一期"),
    ("ask_early_settlement", "借呗分两次提前还，收手续费吗", ("借呗",), "通常没有违约金"),
    ("ask_early_settlement", "提前还了被重复扣一笔", (), "一般会抵下一期或原路退回"),
    ("ask_credit_repair", "非恶意逾期的证明谁给开", (), "没有统一的规定"),
    ("ask_repayment_method", "不是本人操作能还进去吗", (), "可以请人帮忙还"),
    ("ask_penalty", "我现在罚息累计多少了", (), "登录以后我马上告诉您"),
    ("request_negotiation", "中介说抽两成帮我谈", (), "协商自己就能谈"),
    # genuine or not
    ("ask_authenticity", "这个平台正规吗", (), "持牌机构"),
    ("ask_authenticity", "你是官方客服吗", (), "由人工智能回答"),
    ("ask_authenticity", "叫我先交保证金", (), "请马上停手"),
    ("ask_authenticity", "验证码收不到是假的吗", (), "核实了再说"),
    # reminders, papers, due dates, instalments
    ("ask_reminder", "能早几天提醒我吗", (), "提前几天我这边改不了"),
    ("ask_reminder", "怎么没收到提醒", (), "短信被拦截"),
    ("request_proof", "开一张发票", (), "发票"),
    ("request_proof", "非恶意逾期证明哪里开", (), "没有统一的规定"),
    ("query_due_date", "借出来以后第一期哪天还", (), "下一个还款日"),
    ("request_instalment", "花呗账单最多分几期", ("花呗",), "3、6、12 期"),
    ("request_instalment", "花呗分期还能取消吗", ("花呗",), "一般不能取消"),
    ("request_human", "微粒贷客服电话", ("微粒贷",), "微粒贷页面"),
    ("ask_instalment_fee", "分期手续费能免吗", (), "看办理时页面上有没有优惠"),
    ("ask_interest_rate", "日息万五折成年利率多少", (), "日利率乘以 365"),
    ("ask_repay_priority", "先还朋友还是先还平台", (), "亲友的钱可以商量缓一缓"),
    ("out_of_scope", "花呗里的钱转到卡里", ("花呗",), "不能转成现金"),
    # who used the money, who is old, who may be in danger, and another lender's bill
    ("dispute_debt", "表弟用我的名字贷的", (), "合同上的借款人一般还是本人"),
    ("dispute_debt", "娃拿手机打游戏充掉的", (), "要求游戏或商家退款"),
    ("ask_repayment_method", "我不会用手机怎么还", (), "不会操作没关系"),
    ("ask_family_liability", "我要是没了，这钱落到谁头上", (), "12356"),
    ("request_instalment", "美团月付能分期吗", ("美团月付",), "要找那家平台"),
    ("ask_penalty", "罚息基数含不含手续费", (), "按逾期没还的本金"),
    ("request_proof", "打一份还款记录给我", (), "按月份查看"),
    ("ask_reminder", "提醒凌晨发来合适吗", (), "22:00"),
    ("ask_full_recall", "晚四天就叫我一次还光", (), "要看合同和通知"),
    ("ask_collection", "怎么才能让他们停", (), "可以要求，我帮您转人工登记"),
    # how long it has been, and whether use stops at all
    ("ask_overdue_consequences", "借呗拖了十来天要紧吗", ("借呗",), "这几天到一两个星期"),
    ("ask_overdue_consequences", "晚了半个月有事吗", (), "这几天到一两个星期"),
    ("ask_account_restricted", "花呗晚还会停掉吗", ("花呗",), "会有影响"),
    ("ask_account_restricted", "提前结清以后额度怎么没了", (), "提前还款本身"),
    ("ask_restore_access", "从来没逾期，额度一直不回来", (), "多半是额度被重新评估了"),
    ("ask_cross_product", "借呗没还完，花呗还能使吗", ("借呗", "花呗"), "正常使用、按时还款"),
    # terms by product; what is paid already; why there is no entry
    ("request_instalment", "借呗是分几期", ("借呗",), "借呗常见的是 3、6、12 期"),
    ("request_instalment", "微粒贷最多分几期", ("微粒贷",), "5、10、20 期"),
    ("request_instalment", "第三期还了没", (), "要看您本人的账单"),
    ("request_instalment", "账单怎么分不了期", (), "多半是这几种"),
    ("request_instalment", "还了最低还款以后能再分吗", (), "能不能再办账单分期"),
    # later: how long at most, and what is in instalments already
    ("request_extension", "延期最久能延多少天", (), "没有统一的规定"),
    ("request_extension", "办了分期的还能延吗", (), "每一期都有自己的还款日"),
    ("ask_grace_period", "提前一天还进去算提前吗", (), "叫提前还款"),
    # relief: the principal only, how much, in writing
    ("request_waiver", "只付本金可以吗", (), "把利息和罚息全减掉"),
    ("request_waiver", "罚息能减多少", (), "减多少现在说不准"),
    ("request_waiver", "答应的减免给个书面凭证", (), "双方确认的记录"),
    ("request_negotiation", "几个产品打包谈行吗", (), "可以一起谈"),
    # collection: when it leaves the house, who is told, while a plan is talked about
    ("ask_collection", "过多久会转给外包", (), "没有统一的规定"),
    ("ask_collection", "会通知我家人吗", (), "按规定不允许"),
    ("ask_collection", "别让我妈知道", (), "按规定不允许"),
    ("ask_collection", "方案在谈，怎么照样催", (), "没有规定必须停催"),
    ("ask_collection", "没到还款日就来催", (), "没到还款日一般不会催"),
    # debits and payments that went wrong
    ("ask_auto_debit", "卡上明明有钱，扣款不成功", (), "卡里有钱也可能没扣成"),
    ("ask_auto_debit", "余额不够会扣部分吗", (), "有可能只扣一部分"),
    ("ask_repay_priority", "两笔到期，系统先扣哪笔", (), "按设置的顺序"),
    ("ask_repayment_method", "银行卡绑不上", (), "户名不是本人"),
    ("dispute_payment", "还款失败可是钱没了", (), "一般会在几天内原路退回"),
    ("dispute_payment", "交了押金那边没显示", (), "再找商家核对订单"),
    ("dispute_payment", "提前还了怎么又扣", (), "提前还了又扣"),
    ("dispute_debt", "中介骗我贷的，钱他卷走了", (), "合同是您本人签的"),
    # the credit register, and what is no register
    ("ask_credit_repair", "结清半年了还显示未还", (), "可以要求更正"),
    ("ask_credit_impact", "芝麻分跟借呗有没有关系", ("借呗",), "分开评估"),
    ("query_overdue_status", "失信三次是哪三次", (), "点开那一条"),
    # what is no business of ours is answered within its kind
    ("out_of_scope", "说个笑话", (), "还款"),
    ("out_of_scope", "借款记录能删吗", (), "删不掉"),
    ("out_of_scope", "我要申请", (), "您想申请哪一种"),
    ("out_of_scope", "怎么绑定银行卡", (), "户名不是本人"),
    ("out_of_scope", "再借点来还账单", (), "不建议用新的借款去还旧的"),
    ("ask_authenticity", "代开花呗是真的吗", (), "没有“强开”这回事"),
    ("inform", "我还没逾期呢", (), "没有逾期就好"),
    ("affirm", "行，把协议给我", (), "还没有等您确认的方案"),
    ("ask_family_liability", "用我姐身份证开的，算谁的", (), "用别人的身份信息开的"),
    ("ask_family_liability", "我要出点事，债是不是归孩子", (), "12356"),
    ("ask_penalty", "怎么多收了五十几块罚息", (), "逐项的明细"),
    ("bot_challenge", "你们到底哪个公司的", (), "不代表哪一家贷款机构"),
    ("deny", "你理解错了", (), "是我没听对"),
    ("ask_authenticity", "说债权转让给资产公司了，真的吗", (), "先核实新债权人"),
    ("ask_authenticity", "这个网页靠谱吗", (), "由人工智能回答"),
    ("request_proof", "要一份还款明细清单", (), "按月份查看"),
    ("ask_restore_access", "还上以后要不要自己申请恢复", (), "一般不用单独申请"),
    ("ask_restore_access", "暂停服务了怎么弄回来", (), "看是为什么被冻结的"),
    ("dispute_debt", "已经报案了，能先不还吗", (), "报了警很好"),
    ("ask_reminder", "没给我发短信就算逾期", (), "短信被拦截"),
    ("request_negotiation", "上次没批，能再谈吗", (), "可以再提"),
    ("ask_repay_priority", "到期两笔，系统划款先划哪个", (), "按设置的顺序"),
    ("out_of_scope", "芝麻分怎么掉了", (), "算法不公开"),
    ("out_of_scope", "我才16岁能开吗", (), "年满 18 周岁"),
    ("out_of_scope", "下单买的分期怎么取消订单", (), "退款一般退回花呗"),
    ("ask_credit_repair", "报告上有一条不实，怎么更正", (), "可以申诉"),
    ("ask_auto_debit", "今天没扣成，晚上会再扣吗", (), "当天还会再扣几次"),
    ("ask_auto_debit", "开了代扣还用自己点还款吗", (), "一般不用自己再点"),
    ("ask_auto_debit", "可不可以不扣我工资", (), "记得自己按时还"),
    ("ask_collection", "一上午十几通电话", (), "一天不超过 3 次"),
    ("ask_legal_risk", "律师函寄来了", (), "不是法院文书"),
    ("request_instalment", "六期能改成十二期吗", (), "期数一般不能再换"),
    ("ask_repayment_method", "出国了怎么还", (), "人在国外"),
    ("ask_repayment_method", "我没有银行卡", (), "没有绑卡也可以还"),
    ("inform", "上个月被裁了", (), "吃饭、看病的钱先留好"),
    ("inform", "花呗逾期快两个月", ("花呗",), "按这个顺序来"),
    ("ask_penalty", "正常利息和罚息是不是算了两份", (), "一般不会算两份"),
    ("ask_family_liability", "我替弟弟借的，他该不该还", (), "合同上的借款人一般还是本人"),
    ("ask_cross_product", "微信会不会被封", (), "不能自己封您的微信"),
    ("ask_collection", "催收函塞在门上被房东看见了", (), "不得张贴公告"),
    ("ask_collection", "好久没人催我，是不是算了", (), "不等于不用还"),
    ("ask_credit_impact", "拖了三个月还清了，能办贷款吗", (), "批不批由银行决定"),
    ("ask_repayment_method", "用花呗还借呗行吗", ("花呗", "借呗"), "不能转成现金"),
    ("query_overdue_status", "过了五年没还就作废了吧", (), "诉讼时效是 3 年"),
    ("ask_auto_debit", "两笔都到期先划哪个", (), "按设置的顺序"),
    ("ask_collection", "上礼拜就还清了还发短信催", (), "刚还完还可能收到提醒"),
    ("deny", "三期太紧了付不动", (), "什么"),
    ("out_of_scope", "借呗最长能借多少期", ("借呗",), "借呗常见的是"),
    ("ask_auto_debit", "余额不足没扣上，存钱进去还会自动扣吗", (), "当天还会再扣几次"),
    ("ask_interest_rate", "借呗也收手续费吗", ("借呗",), "一般不另收分期手续费"),
    ("request_waiver", "系统故障扣不动，凭什么收我罚息", (), "扣款失败的提示截图"),
    ("ask_account_restricted", "晚了几小时影响额度吗", (), "会有影响"),
    ("request_negotiation", "方案断了一期作废了，还能重新谈吗", (), "方案作废，不等于以后不能谈"),
    ("ask_collection", "会不会打给我单位", (), "按规定不允许"),
    ("ask_cross_product", "有失信记录还能借吗", (), "一般用不了也借不了"),
    ("ask_auto_debit", "还了最低还要天天扣我钱", (), "自动还款设成了扣全额"),
    ("ask_restore_access", "再借点还上行吗", (), "不建议用新的借款去还旧的"),
    ("out_of_scope", "买家用花呗付钱收不收手续费", ("花呗",), "一般不另收手续费"),
    ("ask_authenticity", "法院发的附件要打开吗", (), "别点"),
    ("express_anger", "换了三个客服还没人理我", (), "让您等这么久"),
    ("query_amount_due", "花呗花了300要还多少", ("花呗",), "用多少还多少"),
    ("ask_interest_rate", "用花呗要收费吗", ("花呗",), "全额还清一般没有利息"),
    ("ask_interest_rate", "50块以下收不收息", (), "没有“多少钱以下不收”的说法"),
    ("ask_cross_product", "花呗晚了，借呗要一次还清吗", ("花呗", "借呗"), "交叉违约"),
    ("request_instalment", "先还一部分以后再分", (), "剩下的账单还能不能分期"),
    ("dispute_payment", "分期的单子怎么扣了全款", (), "分期没有办成"),
    ("ask_instalment_fee", "分期只收手续费，没有利息吧", (), "不另收利息"),
    ("ask_minimum_payment", "还了最低，剩下的利息怎么算", (), "利息只按没还的那部分算"),
]
_PRODUCTS = {
    "花呗": "huabei",
    "借呗": "jiebei",
    "微粒贷": "weilidai",
    "信用卡": "credit_card",
    "美团月付": "other",
}


@pytest.mark.parametrize(("intent", "text", "named", "sentence"), ASKED)
def test_the_answer_is_about_what_was_asked(
    focus: Focus,
    renderer: Renderer,
    make_turn: MakeTurn,
    intent: str,
    text: str,
    named: tuple[str, ...],
    sentence: str,
) -> None:
    found = tuple(entity("product", _PRODUCTS[name], text, name) for name in named)
    turn = make_turn(text, intent, entities=found)
    general = {
        "ask_overdue_consequences": "overdue.general",
        "request_due_date_change": "due_date_change.general",
        "ask_early_settlement": "early.general",
        "ask_authenticity": "authenticity.general",
        "ask_partial_payment": "partial.general",
    }
    key = focus.reply_for(intent, text, tuple(turn.values("product"))) or general[intent]
    assert sentence in renderer.render(Reply(key), turn).text


def test_a_side_for_a_product_is_not_for_another(focus: Focus) -> None:
    """The minimum of a bill and of a loan are two answers; with both named, the bill's holds."""
    asked = "最低要还多少"
    assert focus.reply_for("ask_minimum_payment", asked, ("jiebei",)) == "minimum.loan"
    assert focus.reply_for("ask_minimum_payment", asked, ("huabei",)) != "minimum.loan"
    assert focus.reply_for("ask_minimum_payment", asked, ("huabei", "jiebei")) != "minimum.loan"
    assert focus.reply_for("ask_minimum_payment", asked) != "minimum.loan"


@pytest.mark.parametrize(
    ("named", "there", "not_there"),
    [
        (("花呗",), "每天 0.05%", "合同日利率的 1.5 倍"),
        (("借呗",), "合同日利率的 1.5 倍", "每天 0.05%"),
        (("微粒贷",), "微粒贷逾期后", "借呗逾期后"),
        (("美团月付",), "年化 24%", "花呗逾期后"),
    ],
)
def test_the_rule_of_another_product_is_left_out(
    renderer: Renderer, make_turn: MakeTurn, named: tuple[str, ...], there: str, not_there: str
) -> None:
    text = "".join(named) + "罚息怎么算"
    found = tuple(entity("product", _PRODUCTS[name], text, name) for name in named)
    said = renderer.render(Reply("penalty.general"), make_turn(text, entities=found)).text
    assert there in said
    assert not_there not in said


def test_a_borrower_who_names_no_product_is_told_the_rules_of_their_own(
    renderer: Renderer, make_turn: MakeTurn
) -> None:
    turn = make_turn("罚息怎么算", borrower_id="li", display_name="李先生")
    reply = Reply("penalty.general", {"about": About(frozenset({"jiebei"}))})
    said = renderer.render(reply, turn).text
    assert "借呗逾期后" in said
    assert "花呗逾期后" not in said


@pytest.mark.parametrize(
    ("said", "lent"),
    [
        ("同学用我名字贷的款", True),
        ("有人冒用我身份证开的户", False),
        ("钱是盗用我的名字贷走的", False),
    ],
)
def test_a_stolen_identity_is_no_lent_name(focus: Focus, said: str, lent: bool) -> None:
    assert (focus.reply_for("dispute_debt", said) == "dispute_debt.lent_name") is lent
