const FAMILY = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高';
const GIVEN = '伟芳娜敏静秀强磊洋艳勇军杰娟涛明超霞平刚桂英华玉兰志建国文辉';

const at = (characters: string, n: number): string => characters[n % characters.length] ?? '';

/** A made-up Chinese name; the same number gives the same name, and the first few hundred differ. */
export const madeUpName = (n: number): string =>
  `${at(FAMILY, n)}${at(GIVEN, n * 7 + Math.floor(n / FAMILY.length))}${n % 3 === 0 ? '' : at(GIVEN, n * 11 + 5)}`;
