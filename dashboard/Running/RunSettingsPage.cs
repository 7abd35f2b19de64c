using System.Globalization;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Telegram;

namespace FuturesBot.Dashboard.Running;

/// <summary>The page's view of the settings.</summary>
/// <remarks>
/// Everything is read once, at the start of a run: a kernel whose thresholds changed in the middle of a signal's
/// life would contradict its own ledger. So every setting applies at the next start, and says so.
/// </remarks>
/// <param name="store">The settings.</param>
/// <param name="environment">Where secrets stand.</param>
/// <param name="readOnlyReason">Why nothing is changed here, and where it is; null where settings are changed here.</param>
public sealed class RunSettingsPage(
    SettingsStore store, IReadOnlyDictionary<string, string> environment, string? readOnlyReason = null) : ISettingsSource
{
    public string? ReadOnlyReason => readOnlyReason;

    private static readonly (string Name, string Purpose)[] Known =
    [
        (DashboardAccess.TraderVariable, "lets a trader in to this page"),
        (DashboardAccess.ViewerVariable, "lets a viewer in to this page"),
        (BinanceKeys.ApiKeyVariable, "key of the Binance account"),
        (BinanceKeys.ApiSecretVariable, "secret of an HMAC key"),
        (BinanceKeys.PrivateKeyFileVariable, "file of an RSA key"),
        (BinanceKeys.PrivateKeyPasswordVariable, "password of that file"),
        (TelegramKeys.TokenVariable, "token of the Telegram bot"),
        (ExchangeProxy.UserVariable, "user of the proxy"),
        (ExchangeProxy.PasswordVariable, "password of the proxy"),
    ];

    public SettingsView Read()
    {
        var facts = store.Read();
        var next = facts.First(fact => fact.Path == "profile");
        return new(
            store.Revision, store.Trials, next.Next ?? next.Running,
            facts.Any(fact => fact.Next is not null && fact.Next != fact.Running),
            [.. store.Faults().Select(Of)], [.. facts.Select(Of)]);
    }

    public IReadOnlyList<SettingFaultView> Validate(IReadOnlyDictionary<string, string?> changes) =>
        [.. store.Validate(changes).Select(Of)];

    public SettingsResult Apply(IReadOnlyDictionary<string, string?> changes, long revision, string user) =>
        Of(store.Apply(changes, revision, user));

    public IReadOnlyList<SettingsRevisionView> History(int limit) => [.. store.History(limit).Select(Of)];

    public SettingsResult Undo(long undo, long revision, string user) => Of(store.Undo(undo, revision, user));

    public IReadOnlyList<SecretView> Secrets() =>
        [.. Known.Select(secret =>
        {
            var present = !string.IsNullOrWhiteSpace(environment.GetValueOrDefault(secret.Name));
            return new SecretView(secret.Name, present, present ? "environment" : null, secret.Purpose);
        })];

    private static SettingView Of(SettingFact fact)
    {
        var dot = fact.Path.LastIndexOf('.');
        var name = fact.Path[(dot + 1)..];
        return new(
            fact.Path, dot < 0 ? "" : fact.Path[..dot], char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' '),
            fact.Description, fact.Unit, fact.Type, fact.Range?.Min, fact.Range?.Max, fact.Choices, fact.Allowed,
            Typed(fact, fact.Default), Typed(fact, fact.Profile), Typed(fact, fact.Running),
            fact.Next is null ? null : Typed(fact, fact.Next), fact.Source, fact.SourceDetail,
            Applies: "next_start", Locked: fact.Source == "environment", fact.IsThreshold);
    }

    private static object Typed(SettingFact fact, string text) => fact.Type switch
    {
        "boolean" => text == "true",
        "integer" => long.Parse(text, CultureInfo.InvariantCulture),
        "number" => double.Parse(text, CultureInfo.InvariantCulture),
        _ => text,
    };

    private static SettingFaultView Of(ConfigurationFault fault) => new(fault.Path, fault.Problem, fault.Source);

    private static SettingsRevisionView Of(SettingsRevision revision) => new(
        revision.Number, revision.AtMs, revision.User, revision.Undoes, revision.IsTrial,
        [.. revision.Changes.Select(change => new SettingChangeView(change.Path, change.From, change.To))]);

    private static SettingsResult Of(SettingsOutcome outcome) => outcome switch
    {
        SettingsOutcome.Done done => new SettingsResult.Done(Of(done.Revision)),
        SettingsOutcome.Refused refused => new SettingsResult.Refused([.. refused.Faults.Select(Of)]),
        SettingsOutcome.Outdated outdated => new SettingsResult.Outdated(outdated.Revision),
        SettingsOutcome.NotUndone not => new SettingsResult.NotUndone(not.Known, not.Why),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is unknown"),
    };
}
