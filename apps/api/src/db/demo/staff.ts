import type { DemoStaff } from './types.js';

/** The one password of every demo account. For the demo city only: production refuses to start with it (demo-accounts-check.ts). */
export const demoPassword = 'Haoban@2026';

export const staff: readonly DemoStaff[] = [
  { username: 'clerk01', name: '王雅琴', role: 'clerk', hall: 'RC-SM', deskNumber: 1 },
  { username: 'clerk02', name: '刘思远', role: 'clerk', hall: 'RC-SM', deskNumber: 5 },
  { username: 'clerk03', name: '张静怡', role: 'clerk', hall: 'RC-SM', deskNumber: 10 },
  { username: 'clerk04', name: '杨帆', role: 'clerk', hall: 'RC-SM', deskNumber: 13 },
  { username: 'clerk05', name: '赵梦瑶', role: 'clerk', hall: 'RC-SM', deskNumber: 16 },
  { username: 'clerk06', name: '孙志远', role: 'clerk', hall: 'RC-SM', deskNumber: 17 },
  { username: 'clerk07', name: '叶青青', role: 'clerk', hall: 'RC-SM', deskNumber: 8 },
  { username: 'clerk08', name: '方晓芸', role: 'clerk', hall: 'RC-SM', deskNumber: 12 },
  { username: 'courier01', name: '余海波', role: 'courier_desk', hall: 'RC-SM', deskNumber: null },
  { username: 'manager01', name: '沈丽君', role: 'manager', hall: 'RC-SM', deskNumber: null },
  { username: 'display01', name: '市民服务中心叫号大屏', role: 'display', hall: 'RC-SM', deskNumber: null },
  { username: 'clerk11', name: '徐嘉豪', role: 'clerk', hall: 'RC-XZ', deskNumber: 1 },
  { username: 'clerk12', name: '朱丹', role: 'clerk', hall: 'RC-XZ', deskNumber: 4 },
  { username: 'clerk13', name: '胡文静', role: 'clerk', hall: 'RC-XZ', deskNumber: 7 },
  { username: 'clerk14', name: '罗毅', role: 'clerk', hall: 'RC-XZ', deskNumber: 6 },
  { username: 'clerk15', name: '梁佳慧', role: 'clerk', hall: 'RC-XZ', deskNumber: 9 },
  { username: 'courier11', name: '邓家明', role: 'courier_desk', hall: 'RC-XZ', deskNumber: null },
  { username: 'manager11', name: '曾慧敏', role: 'manager', hall: 'RC-XZ', deskNumber: null },
  { username: 'display11', name: '行政服务中心叫号大屏', role: 'display', hall: 'RC-XZ', deskNumber: null },
  { username: 'admin', name: '系统管理员', role: 'admin', hall: null, deskNumber: null },
];
