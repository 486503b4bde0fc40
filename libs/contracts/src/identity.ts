import { z } from 'zod';
import { Done, Empty, Id, Instant, StaffRole, requiredText } from './common.js';
import { endpoint } from './endpoint.js';
import { routes } from './routes.js';

/** `accessToken` lives 15 minutes; `refreshToken` is used once and answered by a new pair. */
export const Session = z.object({
  accessToken: z.string(),
  accessExpiresAt: Instant,
  refreshToken: z.string(),
  refreshExpiresAt: Instant,
});
export type Session = z.infer<typeof Session>;

/** What a citizen sees of the own record: identity data are masked even here. */
export const Citizen = z.object({
  id: Id,
  realName: z.object({ nameMasked: z.string(), idNumberMasked: z.string(), verifiedAt: Instant }).nullable(),
  phoneMasked: z.string().nullable(),
  consentVersion: z.string().nullable(),
  elderMode: z.boolean(),
  /** 60 and over by the ID number: may be offered the elder mode and the green channel. */
  isElder: z.boolean(),
});
export type Citizen = z.infer<typeof Citizen>;

export const StaffAccount = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  role: StaffRole,
  hallId: Id.nullable(),
  hallName: z.string().nullable(),
  lockedUntil: Instant.nullable(),
  active: z.boolean(),
});
export type StaffAccount = z.infer<typeof StaffAccount>;

export const WechatLogin = z.object({ code: z.string().min(1).max(128) });
export const CitizenSession = z.object({ session: Session, citizen: Citizen });
export type CitizenSession = z.infer<typeof CitizenSession>;
export const StaffLogin = z.object({
  username: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(128),
});
export const StaffSession = z.object({ session: Session, staff: StaffAccount });
export type StaffSession = z.infer<typeof StaffSession>;
export const RefreshToken = z.object({ refreshToken: z.string().min(1).max(256) });

export const RealName = z.object({ name: requiredText(50), idNumber: z.string().trim().min(15).max(18) });
/** Either the code of WeChat's phone button, or a number typed by hand (kept as not proven). */
export const PhoneUpdate = z.union([
  z.object({ code: z.string().min(1).max(128) }),
  z.object({ phone: z.string().trim().min(11).max(14) }),
]);
export const Preferences = z.object({ elderMode: z.boolean() });
export const PasswordChange = z.object({
  oldPassword: z.string().min(1).max(128),
  newPassword: z.string().min(1).max(128),
});

export const identityEndpoints = {
  wechatLogin: endpoint(routes.identity.wechatLogin, {
    summary: '用微信登录凭证换取会话',
    input: WechatLogin,
    output: CitizenSession,
    errors: ['WECHAT_CODE_INVALID', 'WECHAT_USER_BLOCKED', 'DEPENDENCY_UNAVAILABLE'],
  }),
  staffLogin: endpoint(routes.identity.staffLogin, {
    summary: '工作人员登录',
    input: StaffLogin,
    output: StaffSession,
    errors: ['CREDENTIALS_WRONG', 'ACCOUNT_LOCKED', 'ACCOUNT_DISABLED'],
  }),
  refresh: endpoint(routes.identity.refresh, {
    summary: '换新会话',
    input: RefreshToken,
    output: Session,
    errors: ['REFRESH_TOKEN_INVALID'],
  }),
  logout: endpoint(routes.identity.logout, {
    summary: '退出登录',
    input: RefreshToken,
    output: Done,
    errors: [],
  }),
  me: endpoint(routes.identity.me, { summary: '我的资料', input: Empty, output: Citizen, errors: [] }),
  acceptPrivacy: endpoint(routes.identity.acceptPrivacy, {
    summary: '同意隐私政策',
    input: z.object({ version: z.string().min(1).max(32) }),
    output: Citizen,
    errors: [],
  }),
  setRealName: endpoint(routes.identity.setRealName, {
    summary: '实名登记',
    input: RealName,
    output: Citizen,
    errors: [
      'CONSENT_REQUIRED',
      'NAME_INVALID',
      'ID_NUMBER_INVALID',
      'ID_NUMBER_TAKEN',
      'REAL_NAME_ALREADY_SET',
    ],
  }),
  setPhone: endpoint(routes.identity.setPhone, {
    summary: '登记手机号',
    input: PhoneUpdate,
    output: Citizen,
    errors: ['PHONE_INVALID', 'PHONE_CODE_INVALID', 'CONSENT_REQUIRED', 'DEPENDENCY_UNAVAILABLE'],
  }),
  updatePreferences: endpoint(routes.identity.updatePreferences, {
    summary: '保存偏好（长辈版）',
    input: Preferences,
    output: Citizen,
    errors: [],
  }),
  staffMe: endpoint(routes.identity.staffMe, {
    summary: '当前工作人员',
    input: Empty,
    output: StaffAccount,
    errors: [],
  }),
  changePassword: endpoint(routes.identity.changePassword, {
    summary: '修改密码',
    input: PasswordChange,
    output: Done,
    errors: ['CREDENTIALS_WRONG', 'ACCOUNT_LOCKED', 'PASSWORD_TOO_WEAK'],
  }),
  listStaff: endpoint(routes.identity.listStaff, {
    summary: '工作人员账号',
    input: Empty,
    output: z.object({ items: z.array(StaffAccount) }),
    errors: [],
  }),
  unlockStaff: endpoint(routes.identity.unlockStaff, {
    summary: '解除账号锁定',
    input: z.object({ staffId: Id }),
    output: StaffAccount,
    errors: [],
  }),
};
