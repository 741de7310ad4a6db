import Patterns

extension SchemaTables {
  func checkNumber(_ index: Int, _ number: Double, _ run: inout ValidationRun) -> Bool {
    let rules = numbers[index]
    if let least = rules.minimum, number < least {
      guard run.goesOn(after: .minimum(least)) else { return false }
    }
    if let most = rules.maximum, number > most {
      guard run.goesOn(after: .maximum(most)) else { return false }
    }
    if let bound = rules.exclusiveMinimum, number <= bound {
      guard run.goesOn(after: .exclusiveMinimum(bound)) else { return false }
    }
    if let bound = rules.exclusiveMaximum, number >= bound {
      guard run.goesOn(after: .exclusiveMaximum(bound)) else { return false }
    }
    if let unit = rules.multipleOf, !Decimal(number).isMultiple(of: Decimal(unit)) {
      guard run.goesOn(after: .multipleOf(unit)) else { return false }
    }
    return true
  }

  func checkString(_ index: Int, _ text: String, _ run: inout ValidationRun) -> Bool {
    let length = strings[index].length
    if !length.hasEnough(text) {
      guard run.goesOn(after: .minLength(length.least)) else { return false }
    }
    if let most = length.most, length.hasTooMuch(text) {
      guard run.goesOn(after: .maxLength(most)) else { return false }
    }
    if let pattern = strings[index].pattern, !matches(pattern, text, &run) {
      guard run.goesOn(after: .pattern(pattern.source)) else { return false }
    }
    if let format = strings[index].format, !format.accepts(text) {
      guard run.goesOn(after: .format(format.rawValue)) else { return false }
    }
    return true
  }
}

extension CountRange {
  /// A scalar takes one to four bytes, so that the count of bytes mostly decides.
  fileprivate func hasEnough(_ text: String) -> Bool {
    let bytes = text.utf8.count
    if bytes < least { return false }
    return (bytes + 3) / 4 >= least || text.unicodeScalars.count >= least
  }

  fileprivate func hasTooMuch(_ text: String) -> Bool {
    guard let most else { return false }
    let bytes = text.utf8.count
    if bytes <= most { return false }
    return bytes / 4 > most || text.unicodeScalars.count > most
  }
}
