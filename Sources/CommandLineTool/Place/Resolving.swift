import Contracts
import Notation
import PromptRegistry

extension Session {
  /// The version that a reference means; says beside the answer what whoever reads it should know.
  func resolve(_ reference: Reference, _ opened: Opened) throws(CommandError) -> Resolved {
    let resolved = try opened.explaining(in: opened.state.resolve(reference))
    warn(of: resolved.caution, resolved.name.text, resolved.version)
    return resolved
  }

  /// Says that somebody should look for another version, if he should.
  func warn(of caution: Caution?, _ name: String, _ version: SemanticVersion) {
    guard let caution else { return }
    console.say("warning: \(caution.message(name, version).visible)")
  }
}
