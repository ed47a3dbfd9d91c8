export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '^'
  | '=='
  | '!='
  | '<='
  | '>='
  | '<'
  | '>'
  | 'AND'
  | 'OR';

/** A metric math expression, read. */
export type MathNode =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'id'; readonly name: string }
  | { readonly kind: 'keyword'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly MathNode[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly MathNode[] }
  | { readonly kind: 'negative'; readonly of: MathNode }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: MathNode;
      readonly right: MathNode;
    };

type Token =
  | { readonly kind: 'number' | 'text' | 'name' | 'symbol'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number };

const tokenPattern =
  /\s*(?:(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|(?<text>"[^"]*"|'[^']*')|(?<name>[A-Za-z_]\w*)|(?<symbol>==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]))/uy;

function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  const length = expression.trimEnd().length;
  while (pattern.lastIndex < length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(expression)?.groups;
    if (groups === undefined) {
      throw new Error(`“${expression.slice(at).trim()}” cannot be read`);
    }
    const { number, text, name, symbol } = groups;
    if (number !== undefined) {
      tokens.push({ kind: 'number', text: number, at });
    } else if (text !== undefined) {
      tokens.push({ kind: 'text', text: text.slice(1, -1), at });
    } else if (name === undefined) {
      tokens.push({ kind: 'symbol', text: symbol ?? '', at });
    } else {
      tokens.push({ kind: 'name', text: name, at });
    }
  }
  return [...tokens, { kind: 'end', text: '', at: expression.length }];
}

/** From the loosest to the tightest, each with what it is called here. */
const levels: readonly Readonly<Record<string, BinaryOperator>>[] = [
  { OR: 'OR', '||': 'OR' },
  { AND: 'AND', '&&': 'AND' },
  { '==': '==', '!=': '!=', '<=': '<=', '>=': '>=', '<': '<', '>': '>' },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/' },
];

/**
 * Reads a metric math expression. Throws, in words, on what is none.
 * Source: CloudWatch user guide, "Metric math syntax and functions".
 */
export function parseMath(expression: string): MathNode {
  const parser = new Parser(tokenize(expression));
  return parser.parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): MathNode {
    const node = this.#binary(0);
    if (this.#next.kind !== 'end') {
      throw new Error(`“${this.#next.text}” is not expected there`);
    }
    return node;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', at: 0 };
  }

  #take(): Token {
    const token = this.#next;
    this.#at += 1;
    return token;
  }

  #isSymbol(text: string): boolean {
    return this.#next.kind === 'symbol' && this.#next.text === text;
  }

  #expect(text: string): void {
    if (!this.#isSymbol(text)) {
      throw new Error(`“${text}” is missing before “${this.#next.text || 'the end'}”`);
    }
    this.#at += 1;
  }

  #binary(level: number): MathNode {
    const operators = levels[level];
    if (operators === undefined) {
      return this.#signed();
    }
    let left = this.#binary(level + 1);
    for (;;) {
      const { kind, text } = this.#next;
      const isOperator = (kind === 'symbol' || kind === 'name') && Object.hasOwn(operators, text);
      const operator = isOperator ? operators[text] : undefined;
      if (operator === undefined) {
        return left;
      }
      this.#at += 1;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
  }

  #signed(): MathNode {
    if (this.#isSymbol('-')) {
      this.#at += 1;
      return { kind: 'negative', of: this.#signed() };
    }
    const base = this.#primary();
    if (!this.#isSymbol('^')) {
      return base;
    }
    this.#at += 1;
    return { kind: 'binary', operator: '^', left: base, right: this.#signed() };
  }

  #primary(): MathNode {
    const token = this.#take();
    if (token.kind === 'number') {
      return { kind: 'number', value: Number(token.text) };
    }
    if (token.kind === 'text') {
      return { kind: 'text', value: token.text };
    }
    if (token.kind === 'name') {
      return this.#named(token.text);
    }
    if (token.kind === 'symbol' && token.text === '(') {
      const inner = this.#binary(0);
      this.#expect(')');
      return inner;
    }
    if (token.kind === 'symbol' && token.text === '[') {
      return { kind: 'array', items: this.#list(']') };
    }
    throw new Error(token.kind === 'end' ? 'it ends too early' : `“${token.text}” is not expected there`);
  }

  /** Functions and keywords are written in capitals, ids begin with a small letter. */
  #named(name: string): MathNode {
    if (this.#isSymbol('(')) {
      this.#at += 1;
      return { kind: 'call', name, args: this.#list(')') };
    }
    return /^[a-z]/u.test(name) ? { kind: 'id', name } : { kind: 'keyword', name };
  }

  #list(end: string): MathNode[] {
    const items: MathNode[] = [];
    while (!this.#isSymbol(end)) {
      if (items.length > 0) {
        this.#expect(',');
      }
      items.push(this.#binary(0));
    }
    this.#at += 1;
    return items;
  }
}
