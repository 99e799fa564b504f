/**
 * Every refusal that a caller can meet, however it came about: in a route, in the domain, in the database or as an ApplicationFailure of a
 * workflow. `status` is HTTP's, `zh` is shown to people, `en` is for programmers, `retryable` says that the same request may succeed later.
 */
export type ProblemEntry = {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
  readonly retryable: boolean;
};

const final = (status: number, zh: string, en: string): ProblemEntry => ({ status, zh, en, retryable: false });
const later = (status: number, zh: string, en: string): ProblemEntry => ({ status, zh, en, retryable: true });

const REQUEST = {
  InvalidInput: final(400, '提交的内容有误', 'The request does not match the schema.'),
  MalformedBody: final(400, '请求格式无法识别', 'The body is not valid JSON.'),
  BadCursor: final(400, '分页位置无效，请从第一页重新打开', 'The cursor was not issued by this list.'),
  BodyTooLarge: final(413, '提交的内容过大', 'The body is larger than this route accepts.'),
  UnsupportedMedia: final(415, '不支持的内容类型', 'The content type is not accepted here.'),
  NotFound: final(404, '没有找到', 'There is no such thing, or you may not see it.'),
  NotSignedIn: final(401, '请先登录', 'No valid session or token.'),
  Forbidden: final(403, '没有权限', 'Your roles do not allow this.'),
  CsrfFailed: final(403, '页面已过期，请刷新后重试', 'X-CSRF-Token is missing or does not belong to the session.'),
  TooManyRequests: later(429, '操作过于频繁，请稍后再试', 'Rate limit reached; see Retry-After.'),
  IdempotencyKeyNeeded: final(400, '缺少幂等标识', 'This route wants an Idempotency-Key header.'),
  IdempotencyKeyReused: final(
    409,
    '同一请求标识已用于不同的内容',
    'The Idempotency-Key was used with another request.',
  ),
  RequestInProgress: later(
    409,
    '相同的请求正在处理，请稍候',
    'The first request with this Idempotency-Key still runs.',
  ),
  PreconditionNeeded: final(428, '请先打开最新内容再修改', 'Send If-Match with the ETag that you read.'),
  PreconditionFailed: final(412, '内容已被他人修改，请刷新后重试', 'The ETag in If-Match is no longer current.'),
  Internal: later(500, '系统出错了，请稍后再试', 'Something went wrong on our side.'),
} as const satisfies Record<string, ProblemEntry>;

const ACCOUNTS = {
  BadCredentials: final(401, '账号或密码错误', 'Login or password is wrong.'),
  TotpRequired: final(401, '请输入动态验证码', 'This account wants a TOTP code as well.'),
  BadTotp: final(401, '动态验证码错误', 'The TOTP code is wrong or was used already.'),
  BadCode: final(401, '验证码错误或已失效', 'The one-time code is wrong, used or expired.'),
  OperatorChoiceNeeded: final(409, '请选择要登录的公寓', 'The phone rents from several operators; choose one.'),
  LoginTaken: final(409, '该登录名已被使用', 'The login exists already.'),
  TenantOfOthers: final(
    403,
    '该租客不属于您负责的社区，不能查看完整信息',
    'The tenant has no lease in your communities, and neither you nor a colleague there registered them.',
  ),
  StaffOnly: final(403, '仅限员工账号使用', 'Only for a signed-in staff member.'),
  LastAdministrator: final(409, '至少需要保留一名管理员', 'The operator would be left without an administrator.'),
} as const satisfies Record<string, ProblemEntry>;

const RECORDS = {
  PolicyInvalid: final(422, '策略内容不合理', 'The policy contradicts itself.'),
  NameTaken: final(409, '名称已存在', 'That name exists already.'),
  PhoneTaken: final(409, '该手机号已登记为其他租客', 'Another tenant has this phone.'),
  IdNumberTaken: final(409, '该证件号已登记为其他租客', 'Another tenant has this ID number.'),
  PriceOverlaps: final(409, '同一时期已有相同条件的价格', 'A price for the same conditions is valid on the same days.'),
  NoPriceForRoom: final(422, '该房间及其房型没有定价', 'No price names this room or its type.'),
  NotPricedOnDay: final(422, '该日期没有有效的定价', 'No price is valid on the day of signing.'),
  LengthNotOffered: final(422, '没有适用于该租期的定价', 'No price covers a lease of this length.'),
  CycleNotOffered: final(422, '该租期不提供所选的付款周期', 'No price offers this payment cycle for the length.'),
  RoomTaken: final(409, '房间在该时段已被占用', 'Another lease holds the room in these days.'),
  RoomNotOnSale: final(409, '房间未上架', 'The room is not offered.'),
  RentFreeTooLong: final(
    422,
    '免租期超过策略上限，需由运营商管理员办理',
    'More rent-free days than the policy allows; the operator’s administrator may give more.',
  ),
  TermsInvalid: final(422, '租约条件不合理', 'The terms contradict themselves.'),
  DocumentNotReady: later(404, '合同尚未生成', 'The contract document does not exist yet.'),
  PaymentInFuture: final(422, '收款时间不能晚于现在', 'A payment cannot be recorded before it was made.'),
  NothingToPay: final(409, '所选账单已付清', 'The chosen bills want no money.'),
  PaymentMethodNotOffered: final(422, '不支持该支付方式', 'This way to pay is not offered.'),
  BadSignature: final(401, '签名无效', 'The signature of the callback does not check out.'),
  CashierUnavailable: later(503, '收银台暂时无法使用，请稍后再试', 'The payment provider did not answer.'),
  ImportRunning: later(409, '正在处理另一份导入文件，请稍后再试', 'Another import is running; try again in a moment.'),
  ImportTooLarge: final(
    413,
    '文件超过 120,000 行或内容过大，请拆分后分批导入',
    'The file has more than 120,000 rows, or more in them than fits; split it.',
  ),
  WorkOrderClosed: final(409, '工单已关闭', 'The work order is closed already.'),
  BankLineDecided: final(409, '该笔流水已处理', 'The line of the statement waits for nobody any more.'),
} as const satisfies Record<string, ProblemEntry>;

const LEASES = {
  IllegalTransition: final(409, '租约当前状态不能这样操作', 'The lease cannot go there from where it is.'),
  LeaseClosed: final(409, '租约已结束', 'The lease has ended.'),
  LeaseHasBegun: final(409, '租约已生效，不能取消', 'The lease has taken effect and cannot be cancelled any more.'),
  ChangeOutdated: final(409, '租约已有新变化，请重新试算', 'The lease changed since the dry run; propose again.'),
  ChangeDecided: final(409, '该变更已处理', 'The change was decided already.'),
  DayInThePast: final(422, '日期不能早于今天', 'The day lies before the lease’s today.'),
  EndAfterLease: final(422, '日期不能晚于租约到期日', 'The day lies after the end of the lease.'),
  UseTermination: final(
    409,
    '退房日早于租约到期日，请先试算并办理提前退租',
    'Moving out before the lease ends has a price: ask for a termination quote and end the lease early.',
  ),
  RoomRestricted: final(409, '房间正在锁控中，请先解除', 'The room is locked out; release it first.'),
  AlreadyInspected: final(409, '该房间已完成查房登记', 'The room has been inspected already.'),
  NotCheckingOut: final(409, '租约不在退房流程中', 'The lease is not being checked out.'),
  NothingToConfirm: final(409, '没有待确认的锁控', 'No lock-out waits for confirmation.'),
  NoSuchLateFee: final(404, '没有找到该滞纳金账单', 'There is no such open late fee.'),
} as const satisfies Record<string, ProblemEntry>;

/** Codes of domain/change-check and domain/terms-check. */
const TERMS = {
  BadDay: final(422, '日期无效', 'Not a calendar day.'),
  TooLong: final(422, '租期过长', 'The law knows no lease of more than twenty years.'),
  NoSegment: final(422, '租约缺少价格条件', 'The terms have no segment.'),
  FirstSegmentNotAtStart: final(422, '价格条件须从起租日开始', 'The first segment must begin with the lease.'),
  SegmentsNotInOrder: final(422, '变更生效日与已有条件冲突', 'Segments must follow each other in time.'),
  SegmentAfterEnd: final(422, '变更生效日晚于租约到期日', 'A segment would begin after the lease ends.'),
  AmountOutOfRange: final(422, '金额超出允许范围', 'The amount is out of range.'),
  ShareOutOfRange: final(422, '比例超出允许范围', 'The share is out of range.'),
  DaysOutOfRange: final(422, '天数超出允许范围', 'The number of days is out of range.'),
  CycleNotByDay: final(422, '按日计价只能一次付清', 'A price by the day is paid at once.'),
  DiscountOver100: final(422, '同月优惠合计超过 100%', 'The discounts of a month exceed its rent.'),
  DiscountMonthOutside: final(422, '优惠月份不在租期内', 'A discount lies outside the lease.'),
  DuplicateFee: final(422, '同一费用重复', 'A fee is named twice.'),
  PriceFromAfterSegment: final(422, '计价起始日晚于条件生效日', 'The price would begin after its segment.'),
  BeforeLease: final(422, '生效日早于起租日', 'The day lies before the lease begins.'),
  AfterLease: final(422, '生效日晚于租约到期日', 'The day lies after the lease ends.'),
  EndNotLater: final(422, '续租到期日须晚于原到期日', 'A renewal must end later than the lease does.'),
  EndNotEarlier: final(422, '提前到期日须早于原到期日', 'An early end must lie before the agreed end.'),
  EndBeforeStart: final(422, '到期日早于起租日', 'The end lies before the start.'),
  NothingToChange: final(422, '没有任何变更内容', 'The change changes nothing.'),
  SameRoom: final(422, '换入的房间与现房间相同', 'The lease has that room already.'),
  AlreadySuspended: final(409, '该期间内租约已暂停', 'The lease is suspended in that time already.'),
  NotSuspended: final(409, '该日租约并未暂停', 'The lease is not suspended on that day.'),
  UntilNotAfterFrom: final(422, '恢复日须晚于暂停日', 'The end of a suspension must lie after its start.'),
  UntilAfterEnd: final(422, '恢复日晚于租约到期日', 'The suspension would outlast the lease.'),
} as const satisfies Record<string, ProblemEntry>;

/** Codes of db/refusal. */
const DATABASE = {
  LeaseNumberTaken: final(409, '租约编号已存在', 'That lease number exists.'),
  LeaseNotFound: final(404, '没有找到该租约', 'There is no such lease.'),
  LeaseStatusChanged: later(409, '租约状态刚刚发生变化，请刷新后重试', 'The lease moved on meanwhile.'),
  BillNotFound: final(404, '没有找到该账单', 'There is no such bill.'),
  PaymentNotFound: final(404, '没有找到该收款', 'There is no such payment.'),
  PaymentMismatch: final(
    409,
    '该收款编号已用于另一笔收款',
    'The number was reported before with another amount or lease.',
  ),
  RefundNotFound: final(404, '没有找到该退款', 'There is no such refund.'),
  RefundStatusChanged: later(409, '退款状态刚刚发生变化，请刷新后重试', 'The refund moved on meanwhile.'),
} as const satisfies Record<string, ProblemEntry>;

const ENGINE = {
  WorkflowUnavailable: later(
    503,
    '业务引擎暂时没有响应，操作尚未确认，请稍后用同一请求重试',
    'The workflow did not answer in time; retry with the same Idempotency-Key.',
  ),
  DatabaseUnavailable: later(503, '数据库暂时无法使用，请稍后再试', 'The database did not answer.'),
  NotLoaded: later(
    503,
    '租约正在启动，请稍后重试',
    'The lease has just been started and has not loaded its record yet.',
  ),
  UnknownCodecKey: final(
    422,
    '数据由本系统没有的密钥加密，无法解密',
    'A payload was encrypted with a key that is not configured; add it to TEMPORAL_CODEC_KEYS.',
  ),
  UnreadablePayload: final(422, '加密数据已损坏或被改动', 'A payload was changed after it was encrypted.'),
  TimeTravelOff: final(403, '当前环境不允许时间穿越', 'This installation does not allow time travel.'),
  TargetInPast: final(409, '目标时间早于租约当前时间', 'The target lies in the past of this lease’s clock.'),
  TimeTravelFailed: later(503, '时间穿越未在限时内完成', 'The lease did not reach the target in time.'),
} as const satisfies Record<string, ProblemEntry>;

export const PROBLEMS = { ...REQUEST, ...ACCOUNTS, ...RECORDS, ...LEASES, ...TERMS, ...DATABASE, ...ENGINE } as const;

export type ProblemCode = keyof typeof PROBLEMS;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

/** Stable name of a problem on the wire: `RoomTaken` is `/problems/room-taken`. */
export const problemType = (code: ProblemCode): string =>
  `/problems/${code.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}`;
