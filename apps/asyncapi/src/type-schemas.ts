import ts from 'typescript';

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Types of the contract sources as JSON Schema, so that the page for strangers cannot say anything else than the
 * compiler does.
 */
export class TypeSchemas {
  private readonly checker: ts.TypeChecker;
  private readonly exported: ReadonlyMap<string, ts.Symbol>;
  /** Schemas of named types, filled as they are referred to. */
  readonly named: Record<string, JsonSchema> = {};

  /** `entry`: the module whose exported types may be asked for. */
  constructor(entry: string) {
    const program = ts.createProgram([entry], {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.Node20,
      moduleResolution: ts.ModuleResolutionKind.Node16,
    });
    this.checker = program.getTypeChecker();
    const source = program.getSourceFile(entry);
    const module = source && this.checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${entry} is no module`);
    this.exported = new Map(this.checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
  }

  /** The members of an exported union, or the one type itself. */
  members(name: string): readonly { readonly name: string; readonly schema: JsonSchema; readonly doc: string }[] {
    const type = this.typeOf(name);
    return (type.isUnion() ? type.types : [type]).flatMap((member) =>
      this.typeNames(member).map((typeName) => ({
        name: typeName,
        schema: this.ofObject(member, typeName),
        doc: docOf(member.aliasSymbol ?? member.getSymbol(), this.checker),
      })),
    );
  }

  /** A reference to an exported type, whose schema is then among `named`. */
  reference(name: string): JsonSchema {
    return this.of(this.typeOf(name));
  }

  private typeOf(name: string): ts.Type {
    const symbol = this.exported.get(name);
    if (!symbol) throw new Error(`the contracts export no ${name}`);
    return this.checker.getDeclaredTypeOfSymbol(symbol);
  }

  /** What stands in its `type` property: the names by which messages of it go. */
  private typeNames(type: ts.Type): readonly string[] {
    const property = type.getProperty('type');
    const values = property && this.checker.getTypeOfSymbol(property);
    const literals = !values ? [] : values.isUnion() ? values.types : [values];
    if (literals.length === 0 || !literals.every((literal) => literal.isStringLiteral()))
      throw new Error(`${this.checker.typeToString(type)} has no literal type`);
    return literals.map((literal) => (literal as ts.StringLiteralType).value);
  }

  private of(type: ts.Type): JsonSchema {
    const symbol = type.aliasSymbol ?? type.getSymbol();
    if (symbol && this.exported.get(symbol.name) === symbol) {
      if (!(symbol.name in this.named)) {
        // Taken first, for a type may refer to itself.
        this.named[symbol.name] = {};
        const doc = docOf(symbol, this.checker);
        this.named[symbol.name] = { ...(doc && { description: doc }), ...this.bare(type) };
      }
      return { $ref: `#/components/schemas/${symbol.name}` };
    }
    return this.bare(type);
  }

  private bare(type: ts.Type): JsonSchema {
    if (type.isUnion()) return this.ofUnion(type.types);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: this.checker.typeToString(type) === 'true' };
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.flags & ts.TypeFlags.Unknown) return {};
    const item = this.checker.isArrayType(type)
      ? this.checker.getTypeArguments(type as ts.TypeReference)[0]
      : undefined;
    if (item) return { type: 'array', items: this.of(item) };
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (index) return { type: 'object', additionalProperties: this.of(index) };
    if (type.flags & ts.TypeFlags.Object) return this.ofObject(type);
    throw new Error(`no schema for ${this.checker.typeToString(type)}`);
  }

  private ofUnion(types: readonly ts.Type[]): JsonSchema {
    const has = (flag: ts.TypeFlags): boolean => types.some((type) => (type.flags & flag) !== 0);
    const rest = types.filter(
      (type) => !(type.flags & (ts.TypeFlags.BooleanLiteral | ts.TypeFlags.Null | ts.TypeFlags.Undefined)),
    );
    const isWords = rest.length > 1 && rest.every((type) => type.isStringLiteral());
    const alternatives = [
      ...(isWords
        ? [{ enum: rest.map((type) => (type as ts.StringLiteralType).value) }]
        : rest.map((type) => this.of(type))),
      ...(has(ts.TypeFlags.BooleanLiteral) ? [{ type: 'boolean' }] : []),
      ...(has(ts.TypeFlags.Null) ? [{ type: 'null' }] : []),
    ];
    return alternatives.length === 1 ? alternatives[0]! : { anyOf: alternatives };
  }

  /** `typeName` narrows a `type` that is a union, where each of its words is a message of its own. */
  private ofObject(type: ts.Type, typeName?: string): JsonSchema {
    const properties = this.checker.getPropertiesOfType(type);
    const required = properties
      .filter((property) => !(property.flags & ts.SymbolFlags.Optional))
      .map((property) => property.name);
    return {
      type: 'object',
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries(
        properties.map((property) => {
          const doc = docOf(property, this.checker);
          const schema =
            property.name === 'type' && typeName !== undefined
              ? { const: typeName }
              : this.of(this.checker.getTypeOfSymbol(property));
          return [property.name, { ...schema, ...(doc && { description: doc }) }];
        }),
      ),
    };
  }
}

function docOf(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol?.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim();
}
