import Contracts
import Notation
import Templates

/// Checks one draft wholly: what is written, what it promises, and whether its cases hold.
package enum DraftCheck {
  /// How much is asked for.
  package enum Rigour: Hashable, Sendable {
    case usual
    /// A missing brief is a finding too.
    case strict
  }

  /// All findings on a draft, in the order of their places.
  package static func findings(
    on draft: Draft, _ rigour: Rigour, partial: Facts.PartialSource
  ) throws(RegistryError) -> [CheckFinding] {
    let lint = try Findings.of(draft, partial: partial).map { CheckFinding($0) }
    let found = conflicts(in: draft) + lint + SecretCheck.findings(beside: draft)
    guard !draft.name.isPartial else { return found }
    let promises: [CheckFinding]
    do throws(RegistryError) {
      promises = try self.promises(of: draft, partial: partial)
    } catch {
      guard case .badInput(let complaint) = error else { throw error }
      // Where lint has no error it is what lint does not look at: a schema that is none. An error
      // that may be allowed hinders nothing else.
      let isSaid = lint.contains { $0.severity == .error && $0.id != SecretCheck.id }
      promises = isSaid ? [] : [CheckFinding(.schema, complaint)]
    }
    return found + promises + brief(of: draft, rigour)
  }

  /// The first mark of a merge that nobody has decided.
  private static func conflicts(in draft: Draft) -> [CheckFinding] {
    guard let mark = draft.conflictMark else { return [] }
    let file = mark.file.path(of: draft.name)
    var finding = CheckFinding(
      .conflict, file, mark.position, "a conflict mark stands here")
    finding.fix = "decide between the two texts and take the marks out"
    return [finding]
  }

  private static func promises(
    of draft: Draft, partial: Facts.PartialSource
  ) throws(RegistryError) -> [CheckFinding] {
    let prompt = try parsed(draft)
    let contract = try PromptContract(prompt)
    var found = emptiness(of: prompt.file) + defaults(of: prompt, contract)
    var budget: Budget?
    do throws(RecordError) { budget = try Budget(prompt.file.frontMatter) } catch {
      // The cases are held to all the rest.
      found.append(CheckFinding(.budget, Complaint(error, in: prompt.file)))
    }
    guard let bytes = draft.cases else { return found }
    return try found
      + cases(
        bytes, of: try compiled(prompt, partial: partial), contract, budget,
        VersionFile.cases.path(of: draft.name))
  }

  /// A file without any text, as a script makes one of what was never written.
  private static func emptiness(of file: PromptFile) -> [CheckFinding] {
    guard file.bodyText.allSatisfy(\.isWhitespace) else { return [] }
    let place = file.source.position(at: file.body.lowerBound)
    return [
      CheckFinding(.empty, file.source.name, place, "there is no text for a model to read")
    ]
  }

  private static func brief(of draft: Draft, _ rigour: Rigour) -> [CheckFinding] {
    guard rigour == .strict else { return [] }
    let file = VersionFile.brief.path(of: draft.name)
    guard let brief = draft.brief else {
      return [CheckFinding(.brief, file, nil, "there is no brief")]
    }
    let lines = String(decoding: brief, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: true)
    return ["Goal", "Success metric", "Guardrails"].compactMap { heading in
      let place = lines.firstIndex { $0.drop { $0 == "#" || $0 == " " } == heading }
      guard let place else {
        return CheckFinding(.brief, file, nil, "the heading '\(heading)' is missing")
      }
      let isEmpty = place + 1 >= lines.count || lines[place + 1].hasPrefix("#")
      return isEmpty
        ? CheckFinding(.brief, file, nil, "nothing stands below '\(heading)'") : nil
    }
  }
}

// MARK: - Cases

extension DraftCheck {
  private static func cases(
    _ bytes: [UInt8], of prompt: CompiledPrompt, _ contract: PromptContract, _ budget: Budget?,
    _ file: String
  ) throws(RegistryError) -> [CheckFinding] {
    let cases: CaseFile
    do throws(RegistryError) {
      cases = try CaseFile(bytes, file: file)
    } catch {
      guard case .badInput(let complaint) = error else { throw error }
      return [CheckFinding(.failedCase, complaint)]
    }
    return cases.cases.flatMap { findings(of: $0, prompt, contract, budget, file) }
  }

  private static func defaults(
    of prompt: Prompt, _ contract: PromptContract
  ) -> [CheckFinding] {
    contract.violationsInDefaults.map { violation in
      CheckFinding(
        .defaults,
        Complaint(
          prompt.file, at: [.key("input"), .key("default")] + violation.steps,
          "the default breaks the input schema at '\(violation.path)': \(violation.message)",
          hint: nil))
    }
  }

  private static func parsed(_ draft: Draft) throws(RegistryError) -> Prompt {
    let source = SourceText(name: Slot.prompt(draft.name).path, bytes: draft.source)
    do throws(PromptError) { return try Prompt.parse(source) } catch {
      throw .badInput(Complaint(error))
    }
  }

  /// The prompt of a draft, ready to be rendered.
  static func compiled(
    _ draft: Draft, partial: Facts.PartialSource
  ) throws(RegistryError) -> CompiledPrompt {
    try compiled(try parsed(draft), partial: partial)
  }

  private static func compiled(
    _ prompt: Prompt, partial: Facts.PartialSource
  ) throws(RegistryError) -> CompiledPrompt {
    var failure: RegistryError?
    let compiled: CompiledPrompt
    do throws(PromptError) {
      compiled = try CompiledPrompt(prompt) { include in
        do throws(RegistryError) {
          // A spelling that is no name is a partial that is missing.
          guard let name = try? PromptName(including: include) else { return nil }
          return try partial(name).map { SourceText(name: Slot.prompt(name).path, bytes: $0) }
        } catch {
          failure = failure ?? error
          return nil
        }
      }
    } catch {
      throw .badInput(Complaint(error))
    }
    if let failure { throw failure }
    return compiled
  }

  private static func findings(
    of test: PromptCase, _ prompt: CompiledPrompt, _ contract: PromptContract, _ budget: Budget?,
    _ file: String
  ) -> [CheckFinding] {
    let violations = contract.violations(inInput: test.data.input)
    guard violations.isEmpty else {
      return violations.map {
        CheckFinding(
          .failedCase, file, test.position,
          "case '\(test.name)': the input breaks its contract at '\($0.path)': \($0.message)")
      }
    }
    let messages: [Message]
    do throws(PromptError) {
      messages = try prompt.render(test.data).rendering.messages
    } catch {
      return [
        CheckFinding(
          .failedCase, file, test.position,
          "case '\(test.name)' does not render: \(error.problem.message)")
      ]
    }
    return failures(of: test, messages, budget, file) + output(of: test, contract, file)
  }

  private static func failures(
    of test: PromptCase, _ messages: [Message], _ budget: Budget?, _ file: String
  ) -> [CheckFinding] {
    var findings = test.checks.compactMap { check -> CheckFinding? in
      guard let failure = check.failure(in: messages) else { return nil }
      var finding = CheckFinding(
        .failedCase, file, check.position ?? test.position,
        "case '\(test.name)': expected \(failure.expected), found \(failure.found)")
      finding.lines =
        failure.diff?.unified(from: "expected", to: "found").split(separator: "\n")
        .map { "    \($0)" } ?? []
      return finding
    }
    let count = TokenEstimate(of: messages.map(\.text).joined()).count
    if let budget, count > budget.tokens {
      findings.append(
        CheckFinding(
          .budget, file, test.position,
          "case '\(test.name)' is estimated at \(count) tokens, the budget is \(budget.tokens)"))
    }
    return findings
  }

  private static func output(
    of test: PromptCase, _ contract: PromptContract, _ file: String
  ) -> [CheckFinding] {
    guard let output = test.output else { return [] }
    func finding(_ message: String) -> CheckFinding {
      CheckFinding(.failedCase, file, output.position, "case '\(test.name)': \(message)")
    }
    guard contract.promisesOutput else {
      return [finding("an output is recorded, and the prompt promises nothing of its output")]
    }
    var violations = contract.violations(inOutput: output.value)
    // A recorded text may be the raw answer of a model, with its JSON somewhere inside; a text
    // without any is judged as it is.
    if !violations.isEmpty, let text = output.value.string,
      let answer = try? ModelAnswer.json(in: text)
    {
      violations = contract.violations(inOutput: answer.value)
    }
    return violations.map {
      finding("the recorded output breaks the contract at '\($0.path)': \($0.message)")
    }
  }
}
