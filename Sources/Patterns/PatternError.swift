/// Why an expression is no pattern, or why a match was given up.
package enum PatternError: Error, Hashable {
  /// The expression is longer than this many bytes.
  case tooLong(limit: Int)
  /// Not an expression of ECMA-262; the offset counts Unicode scalars of the source.
  case malformed(Malformation, at: Int)
  /// An expression that the matcher behind this target cannot hold, in that library's words.
  case unsupported(String)
  /// Matching took more than it may.
  case tooCostly(Limit)

  /// What ECMA-262 does not allow.
  package enum Malformation: Hashable, Sendable {
    case nothingToRepeat(Unicode.Scalar)
    case loneBracket(Unicode.Scalar)
    case unclosedGroup
    case unclosedClass
    case unknownGroupKind(String)
    case badGroupName
    case repeatedGroupName(String)
    case unknownGroup(String)
    case endsInBackslash
    case unknownEscape(String)
    case unknownProperty(String)
    case rangeWithClass
    case rangeOutOfOrder
    case repeatOutOfOrder
    case repeatTooLarge(limit: Int)
    case tooDeep(limit: Int)
  }

  /// What bounds one match.
  package enum Limit: Hashable, Sendable {
    case steps(Int)
    case scannedBytes(Int)
    case depth(Int)
    case kibibytes(Int)
  }
}

extension PatternError {
  /// One sentence that says what is wrong, for the place where the expression stands.
  package var message: String {
    switch self {
    case .tooLong(let limit): "the pattern is longer than \(limit) bytes"
    case .malformed(let malformation, let offset):
      "\(malformation.message), at character \(offset + 1)"
    case .unsupported(let reason): "the pattern cannot be compiled: \(reason)"
    case .tooCostly(let limit): "matching the pattern takes more than \(limit.message)"
    }
  }

  /// What to write instead, where there is one answer.
  package var hint: String? {
    switch self {
    case .malformed(let malformation, _): malformation.hint
    case .tooCostly: "avoid repeats inside repeats, such as (a+)+, or anchor the pattern with '^'"
    case .unsupported, .tooLong: nil
    }
  }
}

extension PatternError.Malformation {
  fileprivate var message: String {
    switch self {
    case .nothingToRepeat(let scalar): "'\(scalar)' has nothing to repeat"
    case .loneBracket(let scalar): "'\(scalar)' stands alone"
    case .unclosedGroup: "a group is not closed by ')'"
    case .unclosedClass: "a class is not closed by ']'"
    case .unknownGroupKind(let text): "'\(text)' begins no kind of group"
    case .badGroupName: "a group's name is not an identifier in '<' and '>'"
    case .repeatedGroupName(let name): "two groups are named '\(name)'"
    case .unknownGroup(let name): "there is no group '\(name)'"
    case .endsInBackslash: "the pattern ends in a backslash"
    case .unknownEscape(let text): "'\(text)' is no escape of ECMA-262"
    case .unknownProperty(let text): "'\(text)' is no property of characters"
    case .rangeWithClass: "a range begins or ends with a class"
    case .rangeOutOfOrder: "a range ends before it begins"
    case .repeatOutOfOrder: "a repeat's upper bound is below its lower bound"
    case .repeatTooLarge(let limit): "a repeat's bound is above \(limit)"
    case .tooDeep(let limit): "groups are nested deeper than \(limit) levels"
    }
  }

  fileprivate var hint: String? {
    switch self {
    case .loneBracket(let scalar): "write '\\\(scalar)' for the character itself"
    case .nothingToRepeat(let scalar): "write '\\\(scalar)' for the character itself"
    case .unknownGroupKind: "flags inside a pattern are not known to JSON Schema"
    case .unknownEscape("\\A"): "the beginning is '^'"
    case .unknownEscape("\\z"), .unknownEscape("\\Z"): "the end is '$'"
    case .unknownProperty: "names are those of Unicode, such as \\p{Letter} or \\p{Script=Greek}"
    case .unclosedGroup, .unclosedClass, .badGroupName, .repeatedGroupName, .unknownGroup,
      .endsInBackslash, .unknownEscape, .rangeWithClass, .rangeOutOfOrder, .repeatOutOfOrder,
      .repeatTooLarge, .tooDeep:
      nil
    }
  }
}

extension PatternError.Limit {
  fileprivate var message: String {
    switch self {
    case .steps(let count): "\(count) steps"
    case .scannedBytes(let count): "\(count) bytes of scanning"
    case .depth(let count): "\(count) points to come back to"
    case .kibibytes(let count): "\(count) KiB of memory"
    }
  }
}
