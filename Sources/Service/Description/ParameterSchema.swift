import Notation

/// What the parts of a path and of a query may be, as patterns that generated clients can check.
enum ParameterSchema {
  static let text: Value = ["type": "string"]

  /// The rule of `PromptName`, without that of device names, which no generator gets past.
  static let name: Value = [
    "type": "string", "maxLength": 128, "pattern": .string("^(\(segment)/){0,5}_?\(segment)$"),
  ]

  /// The rule of `Reference`, behind the `@`.
  static let selector: Value = [
    "anyOf": [
      ["const": "latest"], environment,
      ["type": "string", "pattern": .string("^\(number)\\.\(number)\\.\(number)$")],
      ["type": "string", "pattern": .string("^[~^]?\(number)(\\.\(number)){0,2}$")],
      ["type": "string", "pattern": "^sha256:[0-9a-f]{12,64}$"],
    ]
  ]

  /// A name with its selector, as `/v1/diff` takes it.
  static let reference: Value = [
    "type": "string", "maxLength": 128, "pattern": .string("^\(named)(\(mark))?$"),
  ]

  /// The same where the name may be left out, as it is that of the reference before.
  static let besideReference: Value = [
    "type": "string", "maxLength": 128, "pattern": .string("^(\(named)(\(mark))?|\(mark))$"),
  ]

  private static let named = "(\(segment)/){0,5}_?\(segment)"
  private static let mark = "@(latest|\(word)|[~^]?\(number)(\\.\(number)){0,2})"

  /// The rule of `EnvironmentName`.
  static let environment: Value = [
    "type": "string", "pattern": .string("^\(word)$"), "not": ["enum": ["latest", "draft"]],
  ]

  /// The rule of `NamePattern`.
  static let match: Value = [
    "type": "string", "maxLength": 256, "pattern": "^[a-z0-9_*-]+(/[a-z0-9_*-]+)*$",
  ]

  /// The rule of `Cursor`: the digits of a name's letters.
  static let cursor: Value = [
    "type": "string", "maxLength": 258,
    "pattern": .string("^1-(\(digits)2f){0,5}(5f)?\(digits)$"),
  ]

  /// RFC 3339, without the days that not every month has.
  static let time: Value = [
    "type": "string",
    "pattern": .string(
      "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3])"
        + "(:[0-5][0-9]){2}(\\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])$"),
  ]

  /// The rule of `ServerSentEvent.lastID`.
  static let entry: Value = [
    "type": "integer", "minimum": 0, "maximum": .number(Double(ServerSentEvent.idLimit)),
  ]

  /// The number of a request.
  static let request: Value = ["type": "integer", "minimum": 1, "maximum": 2_147_483_647]

  /// A segment of a name in hexadecimal digits.
  private static let digits =
    "(3[0-9]|6[1-9a-f]|7[0-9a])+(2d(3[0-9]|6[1-9a-f]|7[0-9a])+)*"
  private static let segment = "[a-z0-9]+(-[a-z0-9]+)*"
  private static let word = "[a-z][a-z0-9-]{0,31}"
  /// Shorter than what is read, which 53 bits bound.
  private static let number = "(0|[1-9][0-9]{0,8})"
}
