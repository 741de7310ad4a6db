/// The rules of `docs/STYLE.md` that a program can hold; each says what it finds in one file.
enum StyleRules {
  static let fileLineLimit = 400
  static let functionLineLimit = 50
  static let columnLimit = 100
  static let parameterLimit = 4

  static func tooLong(_ file: SwiftFile) -> [Finding] {
    let count = file.lines.count - 1
    guard count > fileLineLimit else { return [] }
    return [Finding(file.file, 1, "\(count) lines; a file has at most \(fileLineLimit)")]
  }

  /// The mark that a text goes on in the next line does not count.
  static func tooWide(_ file: SwiftFile) -> [Finding] {
    file.lines.enumerated().filter { _, line in
      (line.hasSuffix(" \\") ? line.dropLast(2) : line).count > columnLimit
    }.map {
      Finding(file.file, $0.offset + 1, "wider than \(columnLimit) columns")
    }
  }

  static func longFunctions(_ file: SwiftFile) -> [Finding] {
    Declarations.bodies(in: file).filter { $0.count > functionLineLimit }.map {
      Finding(
        file.file, $0.lowerBound, "\($0.count) lines; a function has at most \(functionLineLimit)")
    }
  }

  /// Functions that C calls have the parameters that C gives them.
  static func manyParameters(_ file: SwiftFile) -> [Finding] {
    guard file.path != "Sources/HTTP/Callbacks.swift" else { return [] }
    return Declarations.functions(in: file).filter { $0.parameterCount > parameterLimit }.map {
      Finding(
        file.file, $0.line, "\($0.parameterCount) parameters; above \(parameterLimit) make a struct"
      )
    }
  }

  /// A declaration that others see has a sentence above it, unless the language fixes its meaning
  /// or a protocol of ours has the sentence. Stored fields are left to reviewers: often name and
  /// type say all there is.
  static func undocumented(_ file: SwiftFile, _ requirements: Set<String> = []) -> [Finding] {
    file.code.indices.filter { index in
      let line = file.code[index]
      return Declarations.isVisible(line) && !Declarations.isStoredField(line)
        && !Declarations.isFixedByLanguage(line)
        && !Declarations.isPlainInitializer(index, in: file)
        && !requirements.contains(Declarations.subject(of: line))
        && !Declarations.isDocumented(index, in: file)
    }.map { Finding(file.file, $0 + 1, "a sentence is missing above this declaration") }
  }

  /// Words that stand for a decision put off, or for a way round the compiler.
  static func forbidden(_ file: SwiftFile) -> [Finding] {
    var findings: [Finding] = []
    for word in ["TO" + "DO", "FIX" + "ME"] {
      for (index, line) in file.lines.enumerated() where String(line).hasWord(word) {
        findings.append(Finding(file.file, index + 1, "\(word): do it or leave it"))
      }
    }
    for word in ["try!", "as!", "fatalError("] {
      findings += file.lines(containing: word).map { Finding(file.file, $0, "\(word) is not used") }
    }
    if file.target != "HTTP" {
      for word in ["@unchecked Sendable", "nonisolated(unsafe)"] {
        findings += file.lines(containing: word).map {
          Finding(file.file, $0, "\(word) is for HTTP's callbacks only")
        }
      }
    }
    return findings
  }

  /// An error that is thrown away says why, on its line or in a comment just above.
  static func silentTries(_ file: SwiftFile) -> [Finding] {
    file.lines(containing: "try?").filter { number in
      guard file.code[number - 1].contains(/\btry\?/) else { return false }
      let nearby = file.lines[max(0, number - 3)..<number]
      return !nearby.contains { $0.contains("//") }
    }.map { Finding(file.file, $0, "try? needs its reason beside it") }
  }

  static let homesOfUnsafe: Set<String> = [
    "Git", "Keys", "Notation", "Patterns", "HTTP", "Platform",
  ]

  static func unsafeAbroad(_ file: SwiftFile) -> [Finding] {
    guard let target = file.target, !homesOfUnsafe.contains(target) else { return [] }
    return file.code.indices.filter { file.code[$0].lowercased().contains("unsafe") }.map {
      Finding(
        file.file, $0 + 1, "unsafe code lives in \(homesOfUnsafe.sorted().joined(separator: ", "))")
    }
  }

  /// `public` is for what services import.
  static func publicAbroad(_ file: SwiftFile) -> [Finding] {
    guard file.target != "PromptReading" else { return [] }
    return file.code.indices.filter { file.code[$0].hasWord("public") }.map {
      Finding(file.file, $0 + 1, "only PromptReading is public")
    }
  }
}

extension String {
  func hasWord(_ word: String) -> Bool {
    guard contains(word) else { return false }
    return split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains { $0 == word }
  }
}
