/// The targets and what each may import: the table of `docs/ARCHITECTURE.md`.
enum ImportTable {
  static let edges: [String: Set<String>] = [
    "CGit2": [], "CGit2Offline": [], "CCrypto": [], "CMicroHTTP": [], "CPCRE2": [],
    "Git": ["CGit2", "CGit2Offline"],
    "Keys": ["CCrypto"],
    "Notation": [],
    "Patterns": ["CPCRE2"],
    "Platform": [],
    "Templates": ["Notation"],
    "Contracts": ["Notation", "Patterns"],
    "Ledger": ["Git", "Keys", "Notation", "Platform"],
    "HTTP": ["CMicroHTTP", "Platform"],
    "PromptRegistry": ["Ledger", "Templates", "Contracts", "Keys", "Notation"],
    "PromptReading": ["Templates", "Contracts", "Keys", "Notation", "Platform"],
    "Service": ["PromptRegistry", "HTTP", "Templates", "Contracts", "Notation", "Platform"],
    "CommandLineTool": [
      "PromptRegistry", "PromptReading", "Ledger", "Templates", "Contracts", "Keys", "Notation",
      "Platform",
    ],
    "stet": ["CommandLineTool", "Platform"],
    "stet-serve": ["Service", "Platform"],
  ]

  /// Modules that come with the toolchain and with every system, and who may use them.
  static func isSystem(_ module: String, in target: String) -> Bool {
    ["Swift", "Synchronization"].contains(module) || (module == "Glibc" && target == "Platform")
  }

  /// The modules that a file imports, with their lines.
  static func imports(of file: SwiftFile) -> [(line: Int, module: String)] {
    file.code.enumerated().compactMap { index, line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"),
        words[..<place].allSatisfy({ $0.hasPrefix("@") || accessLevels.contains($0) }),
        let last = words.last, place < words.count - 1
      else { return nil }
      return (index + 1, String(last.split(separator: ".")[0]))
    }
  }

  private static let accessLevels: Set<Substring> = [
    "package", "public", "internal", "private", "fileprivate",
  ]

  static func wrongImports(in file: SwiftFile) -> [Finding] {
    guard let target = file.target, let allowed = edges[target] else {
      return [Finding(file.file, 1, "this target is not in the import table")]
    }
    return imports(of: file)
      .filter { !allowed.contains($0.module) && !isSystem($0.module, in: target) }
      .map { Finding(file.file, $0.line, "\(target) may not import \($0.module)") }
  }

  /// The edges that a package manifest declares between its non-test targets.
  static func edges(inManifest text: String) -> [String: Set<String>] {
    var edges: [String: Set<String>] = [:]
    for opening in ["library(", ".target(", ".executableTarget(", ".systemLibrary("] {
      for call in calls(opening, in: text) {
        let dependencies = call.firstRange(of: "dependencies:").map { call[$0.upperBound...] }
        let names = literals(in: opening == "library(" ? call : dependencies?.upTo("]") ?? "")
        guard let name = literals(in: call).first, !name.isEmpty,
          !call.contains("path: \"Tests/")
        else { continue }
        edges[name] = Set(names).subtracting([name])
      }
    }
    return edges
  }

  /// The edges that the rows `| level | targets | may import |` of a page draw.
  static func edges(inPage text: String) -> [String: Set<String>] {
    var edges: [String: Set<String>] = [:]
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.split(separator: " ") }
      guard cells.count == 3, cells[0].count == 1, Int(cells[0][0]) != nil else { continue }
      let names = cells.map { $0.map { $0.filter { $0.isLetterOrDigit || $0 == "-" } } }
      for target in names[1] { edges[target] = Set(names[2]).subtracting(["nothing"]) }
    }
    return edges
  }

  /// What stands between the parentheses of each call that begins a line.
  private static func calls(_ opening: String, in text: String) -> [Substring] {
    text.ranges(of: "\n    \(opening)").map { range in
      var depth = 1
      let rest = text[range.upperBound...]
      return rest.prefix { character in
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        return depth > 0
      }
    }
  }

  private static func literals(in text: Substring) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }
}

extension Substring {
  fileprivate func upTo(_ end: Character) -> Substring { prefix { $0 != end } }
}

extension Character {
  fileprivate var isLetterOrDigit: Bool { isLetter || isNumber }
}
