import Templates

/// The rule about secrets where there is no template.
enum SecretCheck {
  /// The word that findings of it go by.
  static let id = LintRule.secret.rawValue
  /// What findings call the words of a change.
  static let words = "message"

  /// All in the cases and the brief of a draft.
  static func findings(beside draft: Draft) -> [CheckFinding] {
    draft.texts.filter { $0.file != .source }.flatMap { file, bytes in
      let name = file.path(of: draft.name)
      return findings(in: bytes ?? [], of: name)
    }
  }

  /// All in a text that messages call by a name.
  static func findings(in bytes: [UInt8], of name: String) -> [CheckFinding] {
    Lint.secrets(in: SourceText(name: name, bytes: bytes)).map { CheckFinding($0) }
  }
}

extension Plan {
  /// Refuses to write a secret among the words: an entry is never erased.
  func requireNoSecrets() throws(RegistryError) {
    guard !allowed.contains(SecretCheck.id) else { return }
    let findings = SecretCheck.findings(in: Array(text.utf8), of: SecretCheck.words)
    guard findings.isEmpty else { throw .checkFailed(findings) }
  }
}
