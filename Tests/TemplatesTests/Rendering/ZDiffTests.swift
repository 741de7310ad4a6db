import Foundation
import Notation
import Testing

@testable import Templates

@Suite struct ZDiffTests {
  @Test func diff() throws {
    guard let path = ProcessInfo.processInfo.environment["DIFF"] else { return }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var bad = 0, same = 0, refused = 0, kinds: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let value = try JSON.parse(String(line))
      for (mode, dialect) in [("dotprompt", Dialect.dotprompt), ("general", .handlebars)] {
        var ours: String, oursError: String? = nil
        do {
          var partials: [String: Template] = [:]
          for (n, s) in value["partials"]!.map!.entries {
            partials[n] = try Template.parse(s.string!, name: n, dialect: dialect)
          }
          ours = try CompiledTemplate(
            Template.parse(value["template"]!.string!, dialect: dialect), partials: partials
          ).render(RenderInput(variables: value["data"]!)).text
        } catch let e as TemplateError {
          ours = ""; oursError = "T " + e.message
        } catch let e as RenderError {
          ours = ""; oursError = "R " + e.message
        }
        let theirs = value[mode]!["output"]?.string
        let theirError = value[mode]!["error"]?.string
        if theirs == ours && oursError == nil { same += 1; continue }
        if theirs == nil && oursError != nil { refused += 1; continue }
        if theirs == nil { kinds["they refuse: \(theirError!.prefix(40))", default: 0] += 1 }
        if oursError != nil { kinds["we refuse: \(oursError!)", default: 0] += 1 }
        bad += 1
        if bad < 200, mode == "dotprompt" || value["dotprompt"]?["output"] != nil && false {
          print("---- \(mode)\nT: \(value["template"]!.string!.debugDescription)\nP: \(JSON.text(value["partials"]!))\nD: \(JSON.text(value["data"]!))\ntheirs: \((theirs ?? "ERR " + theirError!).debugDescription)\nours:   \((oursError ?? ours).debugDescription)")
        }
      }
    }
    print("same \(same) refused \(refused) bad \(bad)")
    for (k, v) in kinds.sorted(by: { $0.value > $1.value }).prefix(30) { print(v, k) }
  }
}
