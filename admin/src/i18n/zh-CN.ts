import { raChinese } from './zh-cn/react-admin';
import { words } from './zh-cn/words';

/** 管理后台的全部中文：界面只引用键，`keys.test.ts` 保证与英文逐键一致。 */
export const zhCN = { ...raChinese, ...words };
