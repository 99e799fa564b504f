import { screenWords } from '../../../../contract/http/screen-words';
import { auditWords } from './audit';
import { bankWords } from './bank';
import { frameWords } from './frame';
import { leaseWords } from './lease';
import { moneyWords } from './money';
import { resources } from './resources';
import { verbsWords } from './verbs';
import { workWords } from './work';

export const words = {
  resources,
  app: {
    ...screenWords('zh'),
    ...frameWords,
    ...leaseWords,
    ...verbsWords,
    ...moneyWords,
    ...bankWords,
    ...workWords,
    ...auditWords,
  },
};
