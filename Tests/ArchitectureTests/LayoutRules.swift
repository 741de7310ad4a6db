import Foundation
import TestSupport

/// The rules about the repository as a whole.
enum LayoutRules {
  static let topLevel: Set<String> = [
    "Package.swift", "Sources", "Tests", "registry", "docs", "Makefile", "README.md", "LICENSE",
  ]

  static func strangers(among names: [String]) -> [String] {
    names.filter { !topLevel.contains($0) && !$0.hasPrefix(".") }
  }

  /// Links of a page that lead to no file; `exists` is asked for paths from the top.
  static func brokenLinks(_ page: TextFile, exists: (String) -> Bool) -> [Finding] {
    var isCode = false
    var findings: [Finding] = []
    for (index, line) in page.lines.enumerated() {
      if line.hasPrefix("```") { isCode.toggle() }
      guard !isCode else { continue }
      for target in links(in: line) where !exists(resolved(target, from: page.path)) {
        findings.append(Finding(page, index + 1, "'\(target)' leads nowhere"))
      }
    }
    return findings
  }

  /// The relative targets of `[…](…)`, without their fragments.
  private static func links(in line: Substring) -> [String] {
    line.split(separator: "](").dropFirst().compactMap { piece in
      let target = piece.prefix { $0 != ")" && $0 != "#" && $0 != " " }
      return target.isEmpty || target.contains("://") || target.hasPrefix("mailto:")
        ? nil : String(target)
    }
  }

  private static func resolved(_ target: String, from path: String) -> String {
    var parts = path.split(separator: "/").dropLast()
    for part in target.split(separator: "/") {
      switch part {
      case ".": break
      case "..": _ = parts.popLast()
      default: parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  /// Paths of the machines that the project happened to be written on.
  static func machinePaths(_ file: TextFile) -> [Finding] {
    let marks = ["work/", "root/", "home/", "Users/"].map { "/" + $0 }
    return file.lines.enumerated().filter { _, line in
      marks.contains { mark in
        line.ranges(of: mark).contains { range in
          let before = line[..<range.lowerBound].last
          return before == nil || " \"'`(=:\t".contains(before ?? " ")
        }
      }
    }.map { Finding(file, $0.offset + 1, "the path of somebody's machine") }
  }

  /// The files whose text has the mark: there must be one, that of its only home.
  static func homes(of mark: String, in files: [SwiftFile]) -> [String] {
    files.filter { $0.file.text.contains(mark) }.map(\.path)
  }
}
