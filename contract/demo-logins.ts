/**
 * Who can sign in to the demo operator. The seed script makes these accounts and the start screen prints them;
 * they exist only where the demo data was loaded.
 */
export const DEMO_LOGINS = {
  admin: { login: 'admin@demo', password: 'demo-admin-2026', name: '陈总', role: 'operatorAdmin' },
  manager: { login: 'manager@demo', password: 'demo-manager-2026', name: '林经理', role: 'communityManager' },
  finance: { login: 'finance@demo', password: 'demo-finance-2026', name: '赵会计', role: 'finance' },
  /** Signs in with the SMS code shown in the message simulator's inbox. */
  tenant: { phone: '13800138000', name: '王小明' },
} as const;

export const DEMO_OPERATOR_NAME = '示范公寓';
