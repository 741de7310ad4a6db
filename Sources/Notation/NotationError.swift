/// Why a text is not what a reader of this target takes, and where.
package struct NotationError: Error, Hashable {
  /// What is wrong, as data.
  package let problem: Problem
  /// Where it begins.
  package let position: Position

  /// A problem found by a caller, placed as the readers place theirs.
  package init(_ problem: Problem, at position: Position) {
    self.problem = problem
    self.position = position
  }

  /// Everything that readers of JSON, of records and of YAML refuse.
  package enum Problem: Hashable, Sendable {
    case tooLarge(limit: Int)
    case tooDeep(limit: Int)
    case invalidUTF8
    case byteOrderMark
    case controlCharacter(Unicode.Scalar)
    case duplicateKey(String)
    case numberTooLarge(String)

    case endsEarly(Expectation)
    case unexpected(Unicode.Scalar, Expectation)
    case badEscape(String)
    case badNumber(String)
    case loneSurrogate(String)
    case notCanonical

    case malformed(Malformation)
    case anchor(String)
    case alias(String)
    case tag(String)
    case keyIsNotText(String)
    case keyIsCollection
    case severalDocuments
    case notFinite(String)
  }

  /// What YAML's grammar does not allow.
  package enum Malformation: Hashable, Sendable {
    case wrongIndent
    case tabAsIndent
    case blockInLine
    case itemAmongKeys
    case missingColon
    case missingValue
    case keyWithinText
    case keyTooLong(limit: Int)
    case textBehindValue
    case commentWithoutSpace
    case reserved(Unicode.Scalar)
    case markerInside
    case badBlockHeader
    case blankLineDeeper
    case badDirective(String)
    case directiveWithoutDocument
  }

  /// What JSON's grammar allows where something else stands.
  package enum Expectation: Hashable, Sendable {
    case value, firstKey, key, colon, listEnd, mapEnd, textEnd, end
  }
}

/// A problem before its line and column are known; only a refusal pays for counting them.
struct Fault: Error {
  let problem: NotationError.Problem
  let offset: Int

  init(_ problem: NotationError.Problem, at offset: Int) {
    self.problem = problem
    self.offset = offset
  }

  func placed(in bytes: [UInt8], from start: Position = .start) -> NotationError {
    NotationError(problem, at: Position(at: offset, in: bytes, from: start))
  }
}
