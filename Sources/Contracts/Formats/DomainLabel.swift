/// Which labels IDNA 2008 allows, by the rules of RFC 5892; scripts and joining types, for which
/// Swift has no tables, are told by blocks of code points.
enum DomainLabel {
  static func isValid(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first, let last = label.last, first != "-", last != "-" else {
      return false
    }
    if label.count >= 4, label[2] == "-", label[3] == "-" { return false }
    let marks: Set<Unicode.GeneralCategory> = [.nonspacingMark, .spacingMark, .enclosingMark]
    guard !marks.contains(first.properties.generalCategory) else { return false }
    return label.indices.allSatisfy { isAllowed(label, at: $0) }
      && !(label.contains { arabicDigits.contains($0.value) }
        && label.contains { extendedArabicDigits.contains($0.value) })
  }

  private static let arabicDigits: ClosedRange<UInt32> = 0x660...0x669
  private static let extendedArabicDigits: ClosedRange<UInt32> = 0x6F0...0x6F9
  private static let viramaClass: Unicode.CanonicalCombiningClass = .virama

  private static func isAllowed(_ label: [Unicode.Scalar], at place: Int) -> Bool {
    let before = place > 0 ? label[place - 1] : nil
    let after = place + 1 < label.count ? label[place + 1] : nil
    switch label[place].value {
    case 0x2D: return true
    case 0xB7: return before == "l" && after == "l"
    case 0x375: return after.map { isGreek($0) } ?? false
    case 0x5F3, 0x5F4: return before.map { isHebrew($0) } ?? false
    case 0x30FB: return label.contains { isJapanese($0) }
    case 0x200C: return isAfterVirama(before) || (isArabic(before) && isArabic(after))
    case 0x200D: return isAfterVirama(before)
    case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007: return true
    case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B: return false
    default: return isLetterOrDigit(label[place])
    }
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber, .nonspacingMark,
      .spacingMark:
      !scalar.properties.changesWhenNFKCCaseFolded
    default: false
    }
  }

  private static func isAfterVirama(_ scalar: Unicode.Scalar?) -> Bool {
    scalar?.properties.canonicalCombiningClass == viramaClass
  }

  private static func isGreek(_ scalar: Unicode.Scalar) -> Bool {
    (0x370...0x3FF).contains(scalar.value) || (0x1F00...0x1FFF).contains(scalar.value)
  }

  private static func isHebrew(_ scalar: Unicode.Scalar) -> Bool {
    (0x591...0x5F4).contains(scalar.value)
  }

  private static func isArabic(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { (0x620...0x74F).contains($0.value) } ?? false
  }

  /// Hiragana, Katakana without the middle dot itself, or Han.
  private static func isJapanese(_ scalar: Unicode.Scalar) -> Bool {
    (0x3041...0x30FA).contains(scalar.value) || (0x30FC...0x30FF).contains(scalar.value)
      || scalar.properties.isIdeographic
  }
}

/// The rule of RFC 5893 for names with letters that are written from right to left.
enum BidirectionalRule {
  static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x660...0x669, 0x6F0...0x6F9: false
    case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      scalar.properties.generalCategory != .nonspacingMark
    default: false
    }
  }

  /// Whether a label may stand in a name that has such letters.
  static func allows(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first else { return false }
    let hasLeftToRight = label.contains { isLeftToRight($0) }
    guard isRightToLeft(first) else {
      return isLeftToRight(first) && !label.contains(where: isRightToLeft)
    }
    let hasArabic = label.contains { (0x660...0x669).contains($0.value) }
    let hasEuropean = label.contains {
      (0x30...0x39).contains($0.value) || (0x6F0...0x6F9).contains($0.value)
    }
    return !hasLeftToRight && !(hasArabic && hasEuropean)
  }

  private static func isLeftToRight(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .lowercaseLetter, .uppercaseLetter, .otherLetter, .modifierLetter, .spacingMark:
      !isRightToLeft(scalar)
    default: false
    }
  }
}
