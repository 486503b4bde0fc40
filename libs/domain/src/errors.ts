/**
 * The one catalogue of error codes. Every refusal that a client can meet has its HTTP status and a Chinese text here that
 * says what happened and what to do next; services throw a code, clients switch on it, nobody writes the text twice.
 * Texts carry no personal data and no internals: facts that vary go into the error's `details`.
 */
type CatalogueEntry = { readonly status: number; readonly message: string };

export const errorCatalogue = {
  // Common
  VALIDATION_FAILED: { status: 400, message: '填写的内容有误，请按提示修改后再提交。' },
  UNAUTHENTICATED: { status: 401, message: '您还没有登录，请先登录。' },
  FORBIDDEN: { status: 403, message: '您没有权限进行这项操作。如有需要，请联系大厅工作人员。' },
  NOT_FOUND: { status: 404, message: '没有找到您要的内容，可能已被删除，请返回后重试。' },
  METHOD_NOT_ALLOWED: { status: 405, message: '这个地址不支持该操作，请更新到最新版本后重试。' },
  CONFLICT: { status: 409, message: '内容刚刚被更新过，请刷新后再试。' },
  REQUEST_ID_REUSED: { status: 409, message: '这次提交与之前的一次编号相同但内容不同，请返回重新填写。' },
  PAYLOAD_TOO_LARGE: { status: 413, message: '提交的内容太大，请减小文件或缩短文字后再试。' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: '提交的内容格式不支持，请换用页面要求的格式。' },
  RATE_LIMITED: { status: 429, message: '操作太频繁了，请稍等一会儿再试。' },
  INTERNAL: { status: 500, message: '系统出了点问题，我们已收到记录，请稍后再试。' },
  DEPENDENCY_UNAVAILABLE: { status: 503, message: '相关服务暂时连接不上，请稍后再试。' },
  BUSY: { status: 503, message: '现在办理的人较多，请过几秒再试一次。' },

  // Sign-in and identity
  WECHAT_CODE_INVALID: { status: 400, message: '微信登录凭证已失效，请重新打开小程序登录。' },
  WECHAT_USER_BLOCKED: { status: 403, message: '微信提示该账号存在风险，暂时不能登录，请到大厅咨询台办理。' },
  TOKEN_EXPIRED: { status: 401, message: '登录已过期，请重新登录。' },
  REFRESH_TOKEN_INVALID: { status: 401, message: '登录状态已失效，请重新登录。' },
  CREDENTIALS_WRONG: { status: 401, message: '账号或密码不正确，请检查后重新输入。' },
  ACCOUNT_LOCKED: { status: 423, message: '密码多次输入错误，账号已暂时锁定，请稍后再试或联系系统管理员。' },
  ACCOUNT_DISABLED: { status: 403, message: '该账号已停用，如有疑问请联系系统管理员。' },
  PASSWORD_TOO_WEAK: {
    status: 422,
    message: '密码太简单，请设置至少 10 位、包含字母、数字、符号中至少两种的密码。',
  },
  REAL_NAME_REQUIRED: { status: 403, message: '办理这项业务需要先完成实名认证，请先填写姓名和身份证号。' },
  REAL_NAME_ALREADY_SET: { status: 409, message: '您已完成实名认证，如需更改请带身份证到大厅咨询台办理。' },
  NAME_INVALID: { status: 422, message: '姓名填写有误，请填写身份证上的姓名。' },
  ID_NUMBER_INVALID: { status: 422, message: '身份证号有误，请对照身份证检查后重新填写。' },
  ID_NUMBER_TAKEN: {
    status: 409,
    message: '这个身份证号已绑定其他微信账号，请用原账号登录，或带身份证到大厅咨询台办理。',
  },
  PHONE_INVALID: { status: 422, message: '手机号有误，请填写 11 位的大陆手机号。' },
  PHONE_CODE_INVALID: { status: 400, message: '手机号授权已失效，请重新点击获取手机号。' },
  CONSENT_REQUIRED: { status: 403, message: '请先阅读并同意用户协议和隐私政策，再继续办理。' },

  // Guide
  ITEM_NOT_FOUND: { status: 404, message: '没有找到这个办事事项，请返回重新搜索。' },
  HALL_NOT_FOUND: { status: 404, message: '没有找到这个办事大厅，请返回重新选择。' },
  ITEM_NOT_OFFERED: { status: 409, message: '这个大厅不办理该事项，请选择其他大厅。' },

  // Booking
  BOOKING_NOT_BOOKABLE: { status: 409, message: '该事项不需要预约，您可以直接到大厅取号办理。' },
  SLOT_NOT_FOUND: { status: 404, message: '没有找到这个预约时段，请重新选择时间。' },
  SLOT_FULL: { status: 409, message: '这个时段已约满，请选择其他时间。' },
  SLOT_CLOSED: { status: 409, message: '这个时段不开放预约，请选择其他时间。' },
  SLOT_IN_PAST: { status: 409, message: '这个时段已经开始或已过去，请选择之后的时间。' },
  SLOT_NOT_RELEASED: { status: 409, message: '这个时段还没有开放预约，请在开放后再来。' },
  BOOKING_LIMIT_REACHED: { status: 409, message: '您的预约次数已达上限，请先办理或取消已有的预约。' },
  BOOKING_SUSPENDED: {
    status: 403,
    message: '您近期多次预约未到，暂停预约一段时间；您仍可以到大厅现场取号。',
  },
  VISIT_NOT_COMBINABLE: { status: 409, message: '这些事项不能在一次预约里一起办，请分开预约。' },
  VISIT_TOO_LONG: { status: 409, message: '一次预约的事项或件数太多，请减少一些，或分两次预约。' },
  VISIT_GROUP_TOO_LARGE: {
    status: 409,
    message: '一次预约的人数超过了上限，请减少人数，或致电大厅安排团队办理。',
  },
  VISIT_KIND_NOT_OFFERED: { status: 409, message: '该事项在这个大厅没有这种办理方式，请换一种办理方式。' },
  HOLD_EXPIRED: { status: 409, message: '保留的时间已经过了，名额已放出，请重新选择时间。' },
  SLOT_GIVEN_BACK: { status: 409, message: '这个时段您刚取消过，不能再约同一个时段，请选择其他时间。' },
  BOOKING_ADDRESS_REQUIRED: { status: 422, message: '上门办理需要填写详细地址，请补充后再提交。' },
  BOOKING_PHONE_REQUIRED: { status: 422, message: '电话或视频办理需要联系电话，请填写后再提交。' },
  AUTHORISATION_NOT_VALID: {
    status: 403,
    message: '您还不能替这位家人或单位预约：授权不存在、没有生效或已到期，请先完成授权。',
  },
  GREEN_EVIDENCE_REQUIRED: {
    status: 403,
    message: '绿色通道需要先在“我的”里登记情况（如高龄、残疾、孕期），登记后再预约。',
  },
  BOOKING_STATE: { status: 409, message: '预约当前的状态不能进行这项操作，请刷新后查看。' },
  BOOKING_TIME_CLOSED: {
    status: 409,
    message: '大厅这个时间不开放了，请不要前来。请改到其他时间，或取消预约，都不算爽约。',
  },
  BOOKING_CANCEL_TOO_LATE: {
    status: 409,
    message: '预约时间已经到了，不能再取消；如不能到场，请致电大厅说明。',
  },
  BOOKING_MOVE_TOO_LATE: {
    status: 409,
    message: '离预约时间太近，不能再改时间；来不了可以放弃名额后另约，或致电大厅。',
  },
  PERSON_NAME_MISMATCH: {
    status: 409,
    message: '姓名与这个身份证号登记的不一致，请对照身份证核对姓名和号码。',
  },
  EXPORT_TOO_LARGE: { status: 409, message: '要导出的预约超过 10000 条，请缩短日期范围或增加筛选条件。' },
  BOOKING_CHECKIN_TOO_EARLY: { status: 409, message: '还没到签到时间，请在预约时间前后再签到。' },
  BOOKING_CHECKIN_TOO_LATE: { status: 409, message: '已超过签到时间，预约作废；您可以现场取号办理。' },
  BOOKING_REMOTE: {
    status: 409,
    message: '这个预约不用到大厅签到取号，工作人员会在预约时间打电话、视频联系或上门办理。',
  },
  BOOKING_IN_HALL: { status: 409, message: '这个预约要到大厅办理，请在本人到场后点“签到”。' },
  BOOKING_NOT_BEGUN: { status: 409, message: '还没到预约时间，请到时间后再记录办理结果。' },
  BOOKING_WRONG_DAY: { status: 409, message: '您预约的不是今天，请在预约当天签到。' },

  // Waitlist
  WAITLIST_PLACES_FREE: { status: 409, message: '这一天还有名额，不用候补，请直接选择时间预约。' },
  WAITLIST_ALREADY_JOINED: {
    status: 409,
    message: '您已在这一天的候补名单里，有名额会马上通知您，不用重复加入。',
  },
  WAITLIST_DAY_NOT_OPEN: { status: 409, message: '这一天现在不能候补，请选择其他日期。' },
  WAITLIST_LIMIT_REACHED: { status: 409, message: '您同时候补的事项已达上限，请先退出一个候补再加入。' },
  WAITLIST_STATE: { status: 409, message: '候补的状态刚刚有变化，请刷新后再操作。' },

  // Calendar and policy
  CALENDAR_CHANGED: { status: 409, message: '日历刚刚被其他同事改过，请刷新后在新的内容上再改。' },
  CALENDAR_INVALID: { status: 422, message: '放号规则有误，请按提示修改后再保存。' },
  CALENDAR_DAY_PAST: { status: 409, message: '这一天已经过去，不能再调整，请选择今天或以后的日期。' },
  CALENDAR_RANGE_TOO_LONG: {
    status: 422,
    message: '一次最多查看 62 天，且开始日期不能晚于结束日期，请缩短范围。',
  },
  POLICY_CHANGED: { status: 409, message: '预约规则刚刚被其他同事改过，请刷新后在新的内容上再改。' },
  POLICY_INVALID: { status: 422, message: '预约规则里有互相矛盾的数字，请按提示修改后再保存。' },

  // Authorisations, green channel and appeals
  AUTHORISATION_CODE_INVALID: {
    status: 404,
    message: '授权码不对、已经用过或超过了 24 小时，请家人重新生成一个再填写。',
  },
  AUTHORISATION_OWN: { status: 409, message: '这是您自己，给自己办事直接预约就可以，不需要授权。' },
  AUTHORISATION_EXISTS: { status: 409, message: '您已经有这位家人或单位的授权，请在“家人授权”里查看。' },
  AUTHORISATION_LIMIT: {
    status: 409,
    message: '您能代办的人数已经满了，请先结束不再需要的授权，再添加新的。',
  },
  AUTHORISATION_STATE: { status: 409, message: '授权当前的状态不能进行这项操作，请刷新后查看。' },
  AUTHORISATION_DATE_INVALID: { status: 422, message: '授权的截止日期要在今天到两年之内，请重新选择。' },
  AUTHORISATION_AGENT_UNKNOWN: {
    status: 404,
    message: '没有查到这位代办人，请他先在手机上完成实名认证，再来登记授权。',
  },
  AUTHORISATION_SEARCH_REQUIRED: {
    status: 422,
    message: '请输入姓名或号码后四位再查有效的授权，以免翻看无关人员的资料。',
  },
  AUTHORISATION_PAPER_REQUIRED: {
    status: 422,
    message: '请写明看过的证明材料，例如户口簿、授权委托书或营业执照。',
  },
  CREDIT_CODE_INVALID: {
    status: 422,
    message: '统一社会信用代码有误，请对照营业执照上的 18 位代码检查后重新填写。',
  },
  COMPANY_NAME_INVALID: { status: 422, message: '单位名称有误，请填写营业执照上的全称。' },
  GREEN_STATE: { status: 409, message: '这项登记当前的状态不能进行这项操作，请刷新后查看。' },
  GREEN_DATE_INVALID: { status: 422, message: '证件的有效期有误：不能早于今天，也不能过长，请重新选择。' },
  GREEN_NOT_A_PERSON: { status: 409, message: '绿色通道只面向个人，单位办事请预约普通时段。' },
  APPEAL_EXISTS: { status: 409, message: '这次未到您已经申诉过，请在“我的申诉”里查看结果。' },
  APPEAL_TOO_LATE: {
    status: 409,
    message: '已超过 30 天的申诉期限；如有意见，请到大厅咨询台或拨打 12345 反映。',
  },
  APPEAL_STATE: { status: 409, message: '这份申诉已经处理过，请刷新后查看结果。' },

  // Ticket, queue and desk
  QUEUE_NOT_FOUND: { status: 404, message: '没有找到这个队列，请返回重新选择。' },
  QUEUE_CLOSED: { status: 409, message: '现在不在取号时间内，请在大厅开放时间取号，或预约其他时间。' },
  QUEUE_DAY_FULL: { status: 409, message: '今天的号已取完，请改日再来或在线预约。' },
  TICKET_ALREADY_OPEN: { status: 409, message: '您在这个队列已有一个排队号，请先办完或取消后再取新号。' },
  TICKET_STATE: { status: 409, message: '排队号当前的状态不能进行这项操作，请刷新后查看。' },
  TICKET_REMOTE_NOT_ALLOWED: {
    status: 409,
    message: '这个队列需要本人到大厅取号，请到大厅的取号机或咨询台取号。',
  },
  DESK_NOT_OPEN: { status: 409, message: '您还没有开放窗口，请先选择窗口并开始服务。' },
  DESK_ALREADY_OPEN: { status: 409, message: '您已开放另一个窗口，请先关闭原来的窗口。' },
  DESK_TAKEN: { status: 409, message: '这个窗口正由其他工作人员使用，请选择其他窗口。' },
  DESK_BUSY: { status: 409, message: '窗口还有一位群众没有办完，请先结束当前办理。' },
  DESK_QUEUE_NOT_SERVED: { status: 409, message: '这个窗口不办理该队列的业务，请选择能办理的窗口。' },
  NO_ONE_WAITING: { status: 404, message: '现在没有人在排队。' },

  // Codes on posters
  ENTRY_CODE_UNKNOWN: {
    status: 404,
    message: '这个码已失效，或者不是本市政务大厅的预约码；您可以直接搜索要办的事。',
  },
  ENTRY_CODE_UNAVAILABLE: { status: 503, message: '暂时连接不上微信，没有取到预约码，请稍后再试。' },
  ENTRY_CODE_REFUSED: {
    status: 409,
    message: '微信没有生成这个预约码：小程序的新版本可能还没有发布，请联系系统管理员。',
  },

  // Case
  CASE_STATE: { status: 409, message: '办件当前的状态不能进行这项操作，请刷新后查看。' },
  CASE_ALREADY_OPENED: { status: 409, message: '这个排队号已经登记过办件，请在办件列表中查看。' },
  CASE_APPLICANT_REQUIRED: { status: 422, message: '登记办件需要申请人的姓名和身份证号，请补充后再提交。' },
  CASE_LOOKUP_FAILED: { status: 404, message: '没有查到办件，请核对办件编号和身份证号后四位。' },
  CERTIFICATE_NOT_ISSUED: { status: 409, message: '证照还没有制作完成，请等待通知后再办理。' },
  CERTIFICATE_ALREADY_ISSUED: { status: 409, message: '这个办件的证照已经制作，不需要重复操作。' },
  CERTIFICATE_NUMBER_TAKEN: { status: 409, message: '这个证照编号已被使用，请核对后重新填写。' },
  CERTIFICATE_NOT_APPLICABLE: { status: 409, message: '这个办件没有可发放的证照，请查看办理结果。' },
  MATERIALS_MISSING: { status: 422, message: '还缺少必需的材料，请按清单补齐后再提交。' },
  REASON_REQUIRED: { status: 422, message: '请写明原因，申请人会看到这段说明。' },
  REFUSAL_NEEDS_SUPERVISOR: {
    status: 403,
    message: '窗口无否决权：不予受理或不予许可须由大厅经理批准，并向申请人说明理由。',
  },

  // Courier
  DELIVERY_NOT_ALLOWED: { status: 409, message: '这个办件不能邮寄，请到窗口领取。' },
  DELIVERY_ALREADY_EXISTS: { status: 409, message: '这个办件已有寄递订单，请在进度中查看，不需要重复下单。' },
  DELIVERY_STATE: { status: 409, message: '寄递订单当前的状态不能进行这项操作，请刷新后查看。' },
  DELIVERY_OUT_OF_RANGE: { status: 409, message: '这个地址暂时不能送达，请换一个地址或到窗口领取。' },
  QUOTE_EXPIRED: { status: 409, message: '邮费报价已过期，请重新查询邮费。' },
  WAYBILL_INVALID: { status: 422, message: '运单号有误，请重新扫描或核对后输入。' },
  WAYBILL_MISMATCH: { status: 409, message: '运单号与这个办件不符，请核对邮件后再交寄。' },
  WAYBILL_TAKEN: { status: 409, message: '这个运单号已用于其他办件，请核对后重新扫描。' },
  EMS_UNAVAILABLE: { status: 503, message: '暂时连接不上邮政系统，您的订单已保存，请稍后再试。' },
  EMS_REFUSED: { status: 409, message: '邮政没有接收这个订单，请核对地址，或到窗口领取。' },

  // Payment
  PAYMENT_STATE: { status: 409, message: '这笔付款当前的状态不能进行这项操作，请刷新后查看。' },
  PAYMENT_EXPIRED: { status: 409, message: '付款时间已过，订单已关闭，请重新下单。' },
  PAYMENT_UNAVAILABLE: { status: 503, message: '暂时连接不上微信支付，没有扣款，请稍后再试。' },
  REFUND_EXCEEDS: { status: 409, message: '退款金额超过了可退的金额，请核对后再提交。' },
  NOTICE_SIGNATURE_INVALID: { status: 401, message: '通知的签名验证没有通过。' },
  NOTICE_INVALID: { status: 400, message: '通知的内容无法识别。' },

  // Rating
  RATING_ALREADY_GIVEN: { status: 409, message: '您已经评价过这次服务，感谢您的反馈。' },
  RATING_CLOSED: { status: 409, message: '已超过 7 天评价期限；如有意见，请拨打 12345 反映。' },
  RATING_NOT_YET: { status: 409, message: '服务还没有结束，请办完后再评价。' },
  RATING_NOT_YOURS: { status: 403, message: '只能评价您本人办理的服务。' },
  RATING_TAG_INVALID: { status: 422, message: '所选的评价标签与满意程度不符，请重新选择。' },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof errorCatalogue;

/** True where a string from the wire is a code of this catalogue; a newer server may know codes that we do not. */
export function isErrorCode(value: string): value is ErrorCode {
  // Not Object.hasOwn: this runs on phones whose JavaScript engine is older than iOS 15.4.
  return Object.prototype.hasOwnProperty.call(errorCatalogue, value);
}
