import Contracts
import Foundation
import Keys
import TestSupport

@testable import PromptReading

/// A vendored folder as `stet vendor` leaves it.
final class Folder {
  let home: TemporaryFolder
  let vendored: VendoredFolder
  private(set) var lock: PinLock

  static let triage = """
    ---
    model: some/model
    config:
      temperature: 0.2
    input:
      default:
        tone: calm
      schema:
        ticket: string, what the customer wrote
        tone?: string
        tags?(array): string
    output:
      schema:
        label(enum): [bug, question]
    ---
    {{role "system"}}{{> support/tone}}
    {{role "user"}}Sort this: {{ticket}}{{#each tags}} #{{this}}{{/each}}

    """

  init() throws {
    home = try TemporaryFolder()
    vendored = VendoredFolder(path: home.path + "/prompts")
    lock = PinLock(registry: Digest(of: "a registry"), url: nil, entry: 7)
    try add(
      "support/triage",
      PinnedText(
        source: Array(Self.triage.utf8), includes: ["support/_tone": Array("Be {{tone}}.".utf8)]))
  }

  /// Vendors one more prompt.
  func add(_ name: String, _ text: PinnedText) throws {
    let one = SemanticVersion(1, 0, 0)
    let includes = text.includes.map {
      Pin.Include(name: $0.key, version: one, digest: Digest(of: $0.value))
    }
    let version = PinnedVersion(name: name, version: one, text, includes: includes)
    let pin = Pin(ask: "\(name)@^1", version, inputs: [])
    lock.put(pin)
    try vendored.write(text, of: pin)
    try vendored.write(lock)
  }

  /// Puts other bytes under the path of a file of the folder.
  func overwrite(_ file: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(vendored.path)/\(file)"))
  }

  func open() throws -> PinnedPrompts { try PinnedPrompts(folder: vendored.path) }
}
