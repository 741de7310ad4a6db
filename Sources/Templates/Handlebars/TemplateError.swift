package import Notation

/// Why a template cannot be used, and where; its prose is in `TemplateErrorText.swift`.
package struct TemplateError: Error, Hashable, Sendable {
  package let problem: Problem
  /// The file or partial.
  package let template: String
  package let position: Position
  /// The bytes to mark in an excerpt.
  package let range: Range<Int>

  /// What can be wrong with a template before any rendering.
  package enum Problem: Hashable, Sendable {
    case sourceTooLarge(limit: Int)
    case notUTF8
    case nestedTooDeep(limit: Int)
    case unclosedTag
    case unclosedComment
    case unclosedString
    case unclosedSegment
    case emptyTag
    case unexpectedText(String, Expectation)
    case operatorInTag(String)
    case tripleClose(tag: String)
    case doubleCloseOfTriple
    case invalidPath(String)
    case unclosedBlock(String)
    case mismatchedClose(opened: String, at: Position, closed: String)
    case closeWithoutOpen(String)
    case elseWithoutBlock
    case secondElse
    case elseInPartial
    case chainedElseInInverted
    case inlineWithoutName
    case decorator(String)
    case partialArguments(Int)
    case unknownHelper(String, nearest: String?)
    case helperNeedsBlock(Helper)
    case helperTakesNoBlock(Helper)
    case helperHasNoValue(Helper)
    case argumentCount(Helper, allowed: ClosedRange<Int>, given: Int)
    case argumentMissing(Helper, key: String)
    case unknownRole(String, nearest: String?)
  }

  /// What the grammar asks for at a place.
  package enum Expectation: Hashable, Sendable {
    case name, argument, argumentOrEnd, tagEnd, partialName, blockParameter, closeParenthesis
    case rawBlockEnd
  }
}
