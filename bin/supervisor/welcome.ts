import { DEMO_LOGINS } from '../../contract/demo-logins';

export interface WelcomeFacts {
  readonly apiUrl: string;
  readonly simulatorPort: number;
  /** Empty when there is none of ours. */
  readonly temporalUiUrl: string;
  readonly demo: boolean;
}

/** What a newcomer needs to click on, at the end of a start. */
export function welcome({ apiUrl, simulatorPort, temporalUiUrl, demo }: WelcomeFacts): string[] {
  const addresses = [
    `  tenant web 租客端     ${apiUrl}/tenant/`,
    `  admin 管理后台        ${apiUrl}/admin/`,
    `  API docs 接口文档     ${apiUrl}/docs`,
    ...(temporalUiUrl ? [`  Temporal UI           ${temporalUiUrl}`] : []),
    ...(demo
      ? [`  simulator 模拟器      http://127.0.0.1:${simulatorPort}/ (cashier and SMS inbox 收银台与短信)`]
      : []),
  ];
  const { admin, manager, finance, tenant } = DEMO_LOGINS;
  const logins = [admin, manager, finance].map(({ login, password, role }) => `  ${login}  ${password}  (${role})`);
  return [
    '',
    ...addresses,
    '',
    ...(demo
      ? [
          'Demo logins 演示账号:',
          ...logins,
          `  tenant 租客: ${tenant.phone}, code from the simulator's inbox 验证码见模拟器短信`,
          '',
        ]
      : []),
    'Ctrl-C stops everything; data stays in the data folder.  按 Ctrl-C 停止，数据会保留。',
  ];
}
