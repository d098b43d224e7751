/** A node of the schema of a kind that people write, as far as it decides whether the API server takes an object. */
export interface ObjectSchema {
  readonly type: 'object' | 'array' | 'string' | 'integer';
  readonly properties?: Readonly<Record<string, ObjectSchema>>;
  /** Of a map, what each of its values is. */
  readonly additionalProperties?: ObjectSchema;
  readonly items?: ObjectSchema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** No item of the list is there twice. */
  readonly isSet?: true;
}
