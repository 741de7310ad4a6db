import Notation

// Every sentence about a broken template.

extension TemplateError {
  /// One sentence: what is wrong.
  package var message: String {
    switch problem {
    case .sourceTooLarge(let limit): "the source is larger than \(limit) bytes"
    case .notUTF8: "the source is not UTF-8 here"
    case .nestedTooDeep(let limit):
      "blocks, 'else if' and expressions in parentheses are nested more than \(limit) deep"
    case .unclosedTag: "this tag is not closed before the end of the template"
    case .unclosedComment: "this comment is not closed"
    case .unclosedString: "this text has no closing quote"
    case .unclosedSegment: "this '[' has no ']'"
    case .emptyTag: "this tag is empty"
    case .unexpectedText(let found, let expected):
      "found \(found) where \(expected.text) must stand"
    case .operatorInTag(let sign): "'\(sign)' is not part of the template language"
    case .tripleClose: "a tag that opens with '{{' ends with '}}}'"
    case .doubleCloseOfTriple: "a tag that opens with '{{{' ends with '}}'"
    case .invalidPath(let path):
      "'\(path)' is not a path: '..', '.' and 'this' may only stand in front"
    case .unclosedBlock(let name): "the block '\(name)' is never closed"
    case .mismatchedClose(let opened, let place, let closed):
      "'\(closed)' closes the block '\(opened)', opened in line \(place.line)"
    case .closeWithoutOpen(let name): "'\(name)' is closed here, but no block is open"
    case .elseWithoutBlock: "this 'else' stands outside of any block"
    case .secondElse: "this block has an 'else' already"
    case .elseInPartial: "a partial has no 'else'"
    case .chainedElseInInverted: "a block that opens with '{{^' takes a plain 'else' only"
    case .inlineWithoutName: "an inline partial needs a name"
    case .decorator(let name): "the decorator '\(name)' is not known"
    case .partialArguments(let count): "a partial takes one context, not \(count)"
    case .unknownHelper(let name, _): "there is no helper named '\(name)'"
    case .helperNeedsBlock(let helper): "'\(helper.rawValue)' must open a block"
    case .helperTakesNoBlock(let helper): "'\(helper.rawValue)' cannot open a block"
    case .helperHasNoValue(let helper): "'\(helper.rawValue)' has no value to use here"
    case .argumentCount(let helper, let allowed, let given):
      "'\(helper.rawValue)' takes \(Self.text(allowed)), not \(given)"
    case .argumentMissing(let helper, let key): "'\(helper.rawValue)' needs '\(key)='"
    case .unknownRole(let role, _): "'\(role)' is not a role: user, model, tool, system"
    }
  }

  /// What to do about it, where that is known.
  package var hint: String? {
    switch problem {
    case .unclosedBlock(let name): "write '{{/\(name)}}' where the block ends"
    case .mismatchedClose(let opened, _, _): "write '{{/\(opened)}}'"
    case .tripleClose(let tag): "write '\(tag)~}} }'"
    case .doubleCloseOfTriple: "write '}}}', or open with '{{'"
    case .operatorInTag:
      "there are no comparisons but '{{#ifEquals a b}}': pass the result in as a variable"
    case .unclosedComment: "a comment ends with '}}', and one that begins with '{{!--' with '--}}'"
    case .emptyTag, .notUTF8, .unclosedTag, .unclosedString, .unclosedSegment, .unexpectedText:
      nil
    case .sourceTooLarge, .nestedTooDeep, .partialArguments: nil
    case .closeWithoutOpen(let name): "open it with '{{#\(name)}}', or remove this tag"
    case .elseWithoutBlock, .secondElse, .elseInPartial: nil
    case .chainedElseInInverted: "open it with '{{#unless …}}'"
    case .invalidPath: "write a key that is named so as '[this]'"
    case .inlineWithoutName: #"write '{{#*inline "name"}}…{{/inline}}'"#
    case .decorator: "the only decorator is '{{#*inline \"name\"}}'"
    case .unknownHelper(let name, let nearest): Self.hint(unknownHelper: name, nearest)
    case .helperNeedsBlock(let helper), .helperTakesNoBlock(let helper),
      .helperHasNoValue(let helper), .argumentCount(let helper, _, _),
      .argumentMissing(let helper, _):
      "write '\(helper.example)'"
    case .unknownRole(_, let nearest): nearest.map { "did you mean '\($0)'?" }
    }
  }

  private static func hint(unknownHelper name: String, _ nearest: String?) -> String {
    guard let nearest else { return "a variable is written alone: '{{\(name)}}'" }
    return "did you mean '\(nearest)'?"
  }

  private static func text(_ allowed: ClosedRange<Int>) -> String {
    switch (allowed.lowerBound, allowed.upperBound) {
    case (0, 0): "no arguments"
    case (1, 1): "one argument"
    case let (low, high) where low == high: "\(low) arguments"
    case let (low, high): "\(low) to \(high) arguments"
    }
  }
}

extension TemplateError.Expectation {
  fileprivate var text: String {
    switch self {
    case .name: "a name"
    case .argument: "an argument"
    case .argumentOrEnd: "an argument or the end of the tag"
    case .tagEnd: "the end of the tag"
    case .partialName: "the name of a partial"
    case .blockParameter: "a name for the block"
    case .closeParenthesis: "an argument or ')'"
    case .rawBlockEnd: "'}}}}'"
    }
  }
}
