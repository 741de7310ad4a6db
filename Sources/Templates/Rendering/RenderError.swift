package import Notation

/// Why a rendering failed, and where; its prose is in `RenderErrorText.swift`.
package struct RenderError: Error, Hashable, Sendable {
  /// What went wrong.
  package let problem: Problem
  /// The file or partial that was being rendered.
  package let template: String
  /// Where in that file.
  package let position: Position
  /// The bytes of that file to mark in an excerpt.
  package let range: Range<Int>

  /// What can go wrong while rendering.
  package enum Problem: Hashable, Sendable {
    case tooManySteps(limit: Int)
    case outputTooLarge(limit: Int)
    case partialsTooDeep(limit: Int, names: [String])
    case valueTooDeep(limit: Int)
    case partialMissing(String, nearest: String?)
    case partialNameNotText
    case noPartialBlock
    case unknownHelper(String)
    case variableMissing(String)
    case objectMissing(String)
    case unknownRole(String, nearest: String?)
    case roleNotText
    case mediaWithoutURL
    case sectionWithoutName
    case historyNotMessages(index: Int?)
    case historyRole(String, index: Int)
  }
}
