import Patterns
import Testing

@Suite struct PatternMeaning {
  @Test(
    arguments: [
      ("a", "xay", true), ("^a", "xa", false), ("a$", "ab", false), ("a$", "a\n", false),
      ("", "", true),
      ("^$", "\n", false), (".", "\n", false), (".", "\r", false), (".", "\u{2028}", false),
      (".", "\u{85}", true),
      ("^.$", "😀", true), ("^\\d$", "٣", false), ("^\\D$", "٣", true), ("^\\w$", "é", false),
      ("^\\W$", "é", true),
      ("^\\s$", "\u{FEFF}", true), ("^\\s$", "\u{180E}", false), ("^\\s$", "\u{85}", false),
      ("^\\S$", "\u{3000}", false),
      ("^[\\s]$", "\u{A0}", true), ("^[\\S]$", "\u{A0}", false), ("^[^\\s]$", "x", true),
      ("^[^\\S]$", " ", true),
      ("^[\\d\\S]$", " ", false), ("^[\\D]$", "é", true), ("^[\\W_]$", "_", true),
      ("\\bb", "éb", true), ("a\\B", "ab", true),
      ("^\\u{1F600}$", "😀", true), ("^\\uD83D\\uDE00$", "😀", true), ("\\uD83D", "😀", false),
      ("^[\\uD83D\\uDE00]$", "😀", true),
      ("^[\\uD800-\\uDFFF]$", "x", false), ("^[^\\uD800-\\uDFFF]$", "x", true),
      ("^[\\uD7FE-\\uE001]$", "\u{E000}", true),
      ("^\\cJ\\t\\v\\f\\0\\x41\\/[\\-]$", "\n\t\u{B}\u{C}\0A/-", true),
      ("^[\\b]$", "\u{8}", true),
      ("[]", "a", false), ("[^]", "\n", true), ("^[^]$", "😀", true), ("^[]*$", "", true),
      ("^[a-]+$", "a-", true), ("^[-a]+$", "a-", true),
      ("^[\\]\\\\^]+$", "]\\^", true), ("^[[:alpha:]+$", "al[:", true),
      ("^[[:alpha:]+$", "b", false),
      ("^[&&]$", "&", true),
      ("^\\p{Letter}+$", "aπ漢", true), ("^\\p{L}\\P{L}$", "a1", true), ("^\\p{Lu}$", "a", false),
      ("^\\p{Script=Greek}$", "π", true),
      ("^\\p{sc=Grek}$", "a", false), ("^\\p{scx=Deva}$", "\u{964}", true),
      ("^\\p{sc=Deva}$", "\u{964}", false), ("^\\p{gc=Decimal_Number}$", "٣", true),
      ("^\\p{Emoji}$", "😀", true), ("^\\p{ASCII}$", "é", false), ("^\\p{LC}$", "ǅ", true),
      ("^[\\p{Nd}\\p{Lu}]+$", "A٣", true), ("^[^\\p{L}]$", "1", true),
      ("^\\p{Any}$", "\n", true), ("^\\p{White_Space}$", "\u{85}", true),
      ("^(a)(?:b)(?<n>c)\\k<n>\\1$", "abcca", true), ("^\\1(a)$", "a", true),
      ("^\\k<x>(?<x>a)$", "a", true), ("^(?:(a)|b)\\1$", "b", true),
      ("^(?<$>a)\\k<\\u0024>$", "aa", true), ("^(?<π>a)\\k<π>$", "aa", true),
      ("a(?=b)", "ab", true), ("a(?!b)", "ab", false), ("(?<=a)b", "ab", true),
      ("(?<!a)b", "ab", false), ("(?<=ab|c)d", "cd", true),
      ("^a{2}$", "aa", true), ("^a{2,}$", "a", false), ("^a{1,2}?$", "aa", true),
      ("^a{0}$", "", true), ("^(?:ab){2,3}$", "ababab", true),
      ("^(a|ab)(c|bcd)(d*)$", "abcd", true), ("^(?:)*$", "", true), ("^(?:a*)*$", "aaa", true),
      ("^(?:a?)+?$", "aa", true),
      ("^(?:|a)+$", "aaa", true), ("foo|^bar$", "bar\n", false), ("x*", "", true),
      ("^\\^\\$\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|$", "^$.*+?()[]{}|", true),
      ("^a b#c$", "a b#c", true), ("^e\u{301}$", "\u{E9}", false),
    ] as [(String, String, Bool)])
  func aPatternMeansWhatECMA262Says(source: String, text: String, isMatch: Bool) throws {
    #expect(try Pattern(source).matches(text) == isMatch)
  }

  @Test(
    arguments: [
      ("*", .nothingToRepeat("*"), 0), ("a**", .nothingToRepeat("*"), 2),
      ("a*+", .nothingToRepeat("+"), 2),
      ("a{2}{3}", .loneBracket("{"), 4), ("^*", .nothingToRepeat("*"), 1),
      ("(?=a)*", .nothingToRepeat("*"), 5),
      ("\\b+", .nothingToRepeat("+"), 2), ("(?<=a)?", .nothingToRepeat("?"), 6),
      ("a|*", .nothingToRepeat("*"), 2),
      ("{", .loneBracket("{"), 0), ("a{", .loneBracket("{"), 1), ("a{,2}", .loneBracket("{"), 1),
      ("a{1", .loneBracket("{"), 1),
      ("a{1,2", .loneBracket("{"), 1), ("}", .loneBracket("}"), 0), ("]", .loneBracket("]"), 0),
      (")", .loneBracket(")"), 0), ("a)", .loneBracket(")"), 1),
      ("(", .unclosedGroup, 0), ("a(b(c)", .unclosedGroup, 1), ("(?:a", .unclosedGroup, 0),
      ("[a", .unclosedClass, 0), ("[a\\]", .unclosedClass, 0),
      ("(?i)a", .unknownGroupKind("(?"), 0), ("(?i:a)", .unknownGroupKind("(?"), 0),
      ("(?#c)", .unknownGroupKind("(?"), 0), ("(?>a)", .unknownGroupKind("(?"), 0),
      ("(?P<n>a)", .unknownGroupKind("(?"), 0), ("(?", .unknownGroupKind("(?"), 0),
      ("(?<>a)", .badGroupName, 3), ("(?<1>a)", .badGroupName, 3), ("(?<a", .badGroupName, 3),
      ("(?<a b>c)", .badGroupName, 3), ("(?<a>x)(?<a>y)", .repeatedGroupName("a"), 10),
      ("\\k<a>", .unknownGroup("a"), 0), ("\\k", .badGroupName, 0),
      ("(?<a>.)\\k", .badGroupName, 7), ("\\1", .unknownGroup("1"), 0),
      ("(a)\\2", .unknownGroup("2"), 3),
      ("\\99999999999999999999", .unknownGroup("9223372036854775807"), 0),
      ("\\", .endsInBackslash, 0), ("\\a", .unknownEscape("\\a"), 0),
      ("\\Z", .unknownEscape("\\Z"), 0), ("\\A", .unknownEscape("\\A"), 0),
      ("\\z", .unknownEscape("\\z"), 0),
      ("\\N", .unknownEscape("\\N"), 0), ("\\e", .unknownEscape("\\e"), 0),
      ("\\h", .unknownEscape("\\h"), 0), ("\\R", .unknownEscape("\\R"), 0),
      ("\\-", .unknownEscape("\\-"), 0),
      ("\\Qa\\E", .unknownEscape("\\Q"), 0), ("\\ ", .unknownEscape("\\ "), 0),
      ("\\_", .unknownEscape("\\_"), 0), ("\\é", .unknownEscape("\\é"), 0),
      ("\\01", .unknownEscape("\\0"), 0),
      ("\\c1", .unknownEscape("\\c1"), 0), ("\\x4", .unknownEscape("\\x"), 0),
      ("\\u12", .unknownEscape("\\u"), 0), ("\\u{}", .unknownEscape("\\u{"), 0),
      ("\\u{110000}", .unknownEscape("\\u{110000"), 0), ("\\p", .unknownEscape("\\p"), 0),
      ("\\pL", .unknownEscape("\\p"), 0), ("\\p{letter}", .unknownProperty("letter"), 0),
      ("\\p{Greek}", .unknownProperty("Greek"), 0),
      ("\\p{Script=greek}", .unknownProperty("Script=greek"), 0),
      ("\\p{gc=Alphabetic}", .unknownProperty("gc=Alphabetic"), 0),
      ("\\p{L&}", .unknownProperty("L&"), 0), ("\\p{^L}", .unknownProperty("^L"), 0),
      ("\\p{L", .unknownProperty("L"), 0), ("\\p{}", .unknownProperty(""), 0),
      ("\\p{ L}", .unknownProperty(" L"), 0),
      ("[\\B]", .unknownEscape("\\B"), 1), ("[\\1]", .unknownEscape("\\1"), 1),
      ("[\\k]", .unknownEscape("\\k"), 1), ("[\\a]", .unknownEscape("\\a"), 1),
      ("[b-a]", .rangeOutOfOrder, 1),
      ("[\\d-z]", .rangeWithClass, 1), ("[a-\\w]", .rangeWithClass, 1),
      ("[\\s-\\w]", .rangeWithClass, 1), ("a{2,1}", .repeatOutOfOrder, 1),
      ("a{65536}", .repeatTooLarge(limit: 65535), 1),
      ("a{99999999999999999999}", .repeatTooLarge(limit: 65535), 1), ("é{", .loneBracket("{"), 1),
    ] as [(String, PatternError.Malformation, Int)])
  func whatECMA262RefusesIsRefusedWithItsPlace(
    source: String, malformation: PatternError.Malformation, offset: Int
  ) {
    #expect(throws: PatternError.malformed(malformation, at: offset)) { try Pattern(source) }
  }

  @Test(arguments: [
    "Any", "ASCII", "ASCII_Hex_Digit", "Alphabetic", "Bidi_Control", "Bidi_Mirrored",
    "Case_Ignorable", "Cased", "Changes_When_Casefolded", "Changes_When_Casemapped",
    "Changes_When_Lowercased", "Changes_When_Titlecased", "Changes_When_Uppercased", "Dash",
    "Default_Ignorable_Code_Point", "Deprecated", "Diacritic", "Emoji", "Emoji_Component",
    "Emoji_Modifier", "Emoji_Modifier_Base", "Emoji_Presentation", "Extended_Pictographic",
    "Extender", "Grapheme_Base", "Grapheme_Extend", "Hex_Digit", "IDS_Binary_Operator",
    "IDS_Trinary_Operator", "ID_Continue", "ID_Start", "Ideographic", "Join_Control",
    "Logical_Order_Exception", "Lowercase", "Math", "Noncharacter_Code_Point", "Pattern_Syntax",
    "Pattern_White_Space", "Quotation_Mark", "Radical", "Regional_Indicator",
    "Sentence_Terminal", "Soft_Dotted", "Terminal_Punctuation", "Unified_Ideograph", "Uppercase",
    "Variation_Selector", "White_Space", "XID_Continue", "XID_Start", "AHex", "IDSB", "VS",
    "Upper", "space", "Cased_Letter", "Close_Punctuation", "Connector_Punctuation", "Control",
    "Currency_Symbol", "Dash_Punctuation", "Decimal_Number", "Enclosing_Mark",
    "Final_Punctuation", "Format", "Initial_Punctuation", "Letter", "Letter_Number",
    "Line_Separator", "Lowercase_Letter", "Mark", "Math_Symbol", "Modifier_Letter",
    "Modifier_Symbol", "Nonspacing_Mark", "Number", "Open_Punctuation", "Other", "Other_Letter",
    "Other_Number", "Other_Punctuation", "Other_Symbol", "Paragraph_Separator", "Private_Use",
    "Punctuation", "Separator", "Space_Separator", "Spacing_Mark", "Surrogate", "Symbol",
    "Titlecase_Letter", "Unassigned", "Uppercase_Letter", "Lu", "Nd", "Zs", "punct", "cntrl",
    "General_Category=Letter", "gc=L", "Script=Latin", "Script=Old_Italic", "Script=Phags_Pa",
    "sc=Latn", "Script_Extensions=Han", "scx=Cyrl", "Script=SignWriting", "Script=Nko",
  ])
  func propertiesThatECMA262ListsAreKnown(name: String) throws {
    _ = try Pattern("\\p{\(name)}[\\P{\(name)}]")
  }

  @Test func lookbehindOfVariableLengthIsRefused() {
    #expect(throws: PatternError.self) { try Pattern("(?<=a*)b") }
  }

  @Test func errorsHaveTextsAndPlaces() {
    let error = PatternError.malformed(.unknownEscape("\\Z"), at: 4)
    #expect(error.message == "'\\Z' is no escape of ECMA-262, at character 5")
    #expect(error.hint == "the end is '$'")
  }
}

@Suite struct PatternLimits {
  @Test(arguments: [
    ("^(a+)+$", 40, "scanning"), ("(a|a)*[bc]", 40, "scanning"), ("(?:a|aa)+$", 60, "scanning"),
    ("^(?:a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?)a{28}[bc]", 28, "steps"),
    ("\\s*\\S*\\s*\\S*\\s*\\S*\\s*\\S*$\\d", 400, "steps"), ("a*[bc]", 100_000, "scanning"),
    ("^.*a*[xy]", 100_000, "scanning"), ("(?=a*)b?[xy]", 100_000, "scanning"),
    ("a{1,60000}[xy]", 100_000, "scanning"), ("(a*)\\1[xy]", 3_000, "scanning"),
    ("^(?:a|b)*$", 3_000_000, "memory"), ("(?:a{63}){1000}[bc]", 100_000, "scanning"),
  ])
  func aMatchThatWouldTakeTooLongEndsAndNamesItsLimit(source: String, count: Int, limit: String)
    throws
  {
    let pattern = try Pattern(source)
    let text = String(repeating: "a", count: count) + "!"
    let error = #expect(throws: PatternError.self) { try pattern.matches(text) }
    #expect(error?.message.contains(limit) == true, "\(String(describing: error?.message))")
  }

  @Test(arguments: ["x", "[a-z]+!$", "^[a-z!]+$", "^.*$", "a{3}!", "a+?!", "^(?:aaaaaaaaaa)+!$"])
  func aLongTextIsNoReasonToGiveUp(source: String) throws {
    let text = String(repeating: "a", count: 100_000) + "!"
    #expect(try Pattern(source).matches(text) == (source != "x"))
  }

  @Test func sourcesHaveLimits() throws {
    #expect(throws: PatternError.tooLong(limit: 16384)) {
      try Pattern(String(repeating: "a", count: 16385))
    }
    let deep = String(repeating: "(", count: 101) + String(repeating: ")", count: 101)
    #expect(throws: PatternError.malformed(.tooDeep(limit: 100), at: 100)) { try Pattern(deep) }
    _ = try Pattern(String(deep.dropFirst().dropLast()))
    #expect(throws: PatternError.self) { try Pattern("(?:(?:abcdefgh){1000}){1000}") }
  }

  @Test func onePatternServesManyThreadsAtOnce() async throws {
    let pattern = try Pattern("^(?<q>['\"])[a-z]+\\k<q>$")
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          var count = 0
          for number in 0..<2_000
          where try pattern.matches(number.isMultiple(of: 2) ? "'ab'" : "'ab\"") {
            count += 1
          }
          return count
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 1_000, count: 8))
  }
}
