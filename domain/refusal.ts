/** Why an input is not accepted: which field, a stable code for programs, a Chinese sentence for people. */
export type Refusal = { readonly field: string; readonly code: string; readonly text: string };
