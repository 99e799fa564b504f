import raEnglish from 'ra-language-english';
import { words } from './english/words';

export const en = { ...raEnglish, ...words };
