import Foundation
import TestSupport
import Testing

/// What is wrong, and where.
struct Finding: Hashable, CustomStringConvertible {
  let path: String
  let line: Int
  let message: String

  init(_ file: TextFile, _ line: Int, _ message: String) {
    path = file.path
    self.line = line
    self.message = message
  }

  var description: String { "\(path):\(line): \(message)" }
}

/// A text file of the repository, by its path from the top.
struct TextFile: Hashable {
  let path: String
  let text: String

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  var name: String { String(path.split(separator: "/").last ?? "") }

  /// The target a source file belongs to: `Git` for `Sources/Git/ObjectID.swift`.
  var target: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
  }
}

/// The files that belong to the repository, as opposed to what building and running left there.
enum Repository {
  static let files: [TextFile] = {
    let top = Checkout.root
    guard let walk = FileManager.default.enumerator(atPath: top.path) else { return [] }
    var files: [TextFile] = []
    for case let path as String in walk {
      if [".build", ".git", ".run", ".swiftpm"].contains(path) {
        walk.skipDescendants()
        continue
      }
      guard let text = try? String(contentsOf: top.appendingPathComponent(path), encoding: .utf8)
      else { continue }
      files.append(TextFile(path: path, text: text))
    }
    return files.sorted { $0.path < $1.path }
  }()

  static let topLevel: [String] =
    (try? FileManager.default.contentsOfDirectory(atPath: Checkout.root.path).sorted()) ?? []

  static let sources = swift(below: "Sources/")
  static let tests = swift(below: "Tests/")
  static let pages = files.filter { $0.path.hasSuffix(".md") }

  private static func swift(below folder: String) -> [SwiftFile] {
    files.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(".swift") }
      .map { SwiftFile($0) }
  }
}

/// Fails the test with one issue for each finding.
func expectNone(_ findings: [Finding], at location: SourceLocation = #_sourceLocation) {
  for finding in findings {
    Issue.record(Comment(rawValue: finding.description), sourceLocation: location)
  }
}
