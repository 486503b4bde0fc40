import { colours, fontFamily, radii } from '@haoban/design';
import type { ThemeConfig } from 'antd';

/** The shared tokens in antd's words. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: colours.primary,
    colorLink: colours.primary,
    colorError: colours.called,
    colorWarning: colours.warn,
    colorInfo: colours.info,
    colorSuccess: colours.primary,
    colorText: colours.ink,
    colorTextSecondary: colours.ink2,
    colorTextTertiary: colours.ink3,
    colorTextDescription: colours.ink2,
    colorTextPlaceholder: colours.ink3,
    colorBorder: colours.controlLine,
    colorBorderSecondary: colours.line,
    colorBgLayout: colours.page,
    colorErrorBg: colours.calledTint,
    colorWarningBg: colours.warnTint,
    colorInfoBg: colours.infoTint,
    colorSuccessBg: colours.primaryTint,
    borderRadius: radii.control,
    borderRadiusLG: radii.card,
    fontFamily,
    fontSize: 15,
    motionDurationFast: '0.08s',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Table: { headerBg: colours.page, rowHoverBg: colours.primaryTint },
    Alert: { withDescriptionPadding: '8px 12px', withDescriptionIconSize: 18 },
  },
};
