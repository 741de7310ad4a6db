/// The properties that ECMA-262 knows, by PCRE2's names for them.
enum UnicodeProperty {
  /// What to write between PCRE2's braces for what stands between ECMA-262's; nil if unknown.
  static func inPCRE(_ text: String) -> String? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return categories[text] ?? (binary.contains(text) ? text : nil) }
    switch parts[0] {
    case "General_Category", "gc": return categories[String(parts[1])]
    case "Script", "sc": return isScriptName(parts[1]) ? "sc:\(parts[1])" : nil
    case "Script_Extensions", "scx": return isScriptName(parts[1]) ? "scx:\(parts[1])" : nil
    default: return nil
    }
  }

  /// PCRE2 knows the scripts but takes any spelling; ECMA-262 takes words like `Old_Italic`.
  private static func isScriptName(_ name: Substring) -> Bool {
    !name.isEmpty
      && name.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { word in
        word.first.map { ("A"..."Z").contains($0) } ?? false
          && word.unicodeScalars.allSatisfy(\.isASCIILetter)
          && word.dropFirst().contains { ("a"..."z").contains($0) }
      }
  }

  private static let categories: [String: String] = {
    var names: [String: String] = ["Any": "Any"]
    for line in categoryLines.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      for word in words { names[word] = words[0] == "LC" ? "L&" : words[0] }
    }
    return names
  }()

  private static let categoryLines = """
    C Other
    Cc Control cntrl
    Cf Format
    Cn Unassigned
    Co Private_Use
    Cs Surrogate
    L Letter
    LC Cased_Letter
    Ll Lowercase_Letter
    Lm Modifier_Letter
    Lo Other_Letter
    Lt Titlecase_Letter
    Lu Uppercase_Letter
    M Mark Combining_Mark
    Mc Spacing_Mark
    Me Enclosing_Mark
    Mn Nonspacing_Mark
    N Number
    Nd Decimal_Number digit
    Nl Letter_Number
    No Other_Number
    P Punctuation punct
    Pc Connector_Punctuation
    Pd Dash_Punctuation
    Pe Close_Punctuation
    Pf Final_Punctuation
    Pi Initial_Punctuation
    Po Other_Punctuation
    Ps Open_Punctuation
    S Symbol
    Sc Currency_Symbol
    Sk Modifier_Symbol
    Sm Math_Symbol
    So Other_Symbol
    Z Separator
    Zl Line_Separator
    Zp Paragraph_Separator
    Zs Space_Separator
    """

  private static let binary = Set(
    """
    ASCII AHex ASCII_Hex_Digit Alpha Alphabetic Bidi_C Bidi_Control Bidi_M Bidi_Mirrored CI
    Case_Ignorable Cased CWCF Changes_When_Casefolded CWCM Changes_When_Casemapped CWL
    Changes_When_Lowercased CWT Changes_When_Titlecased CWU Changes_When_Uppercased Dash DI
    Default_Ignorable_Code_Point Dep Deprecated Dia Diacritic Emoji EComp Emoji_Component EMod
    Emoji_Modifier EBase Emoji_Modifier_Base EPres Emoji_Presentation ExtPict
    Extended_Pictographic Ext Extender Gr_Base Grapheme_Base Gr_Ext Grapheme_Extend Hex Hex_Digit
    IDSB IDS_Binary_Operator IDST IDS_Trinary_Operator IDC ID_Continue IDS ID_Start Ideo
    Ideographic Join_C Join_Control LOE Logical_Order_Exception Lower Lowercase Math NChar
    Noncharacter_Code_Point Pat_Syn Pattern_Syntax Pat_WS Pattern_White_Space QMark
    Quotation_Mark Radical RI Regional_Indicator STerm Sentence_Terminal SD Soft_Dotted Term
    Terminal_Punctuation UIdeo Unified_Ideograph Upper Uppercase VS Variation_Selector space
    White_Space XIDC XID_Continue XIDS XID_Start
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
