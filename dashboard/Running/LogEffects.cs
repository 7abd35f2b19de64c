using System.Text;
using System.Text.Json;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Dashboard.Running;

/// <summary>
/// Carries effects out into files, an object per line: what is to be told, and Action Price's own record of its
/// signals. A line holds its effect's id, so that after a crash one look at the end of the file says whether it was
/// written. The two rolling logs hear of both.
/// </summary>
public sealed partial class LogEffects(string folder, ILogger main, ILogger actionPrice) : IEffectCarrier
{
    /// <summary>Lines of Action Price, an object each (spec 1.9).</summary>
    public const string ActionPriceFile = "action-price-signals.jsonl";

    /// <summary>Lines that were told, an object each: what a chat would have got.</summary>
    public const string NotifyFile = "notifications.jsonl";

    // Effects are carried out right after their commit: one that a crash left open is among the last lines.
    private const int LookBackBytes = 1 << 20;

    public bool HasDone(StoredEffect effect)
    {
        var path = PathOf(effect.Kind);
        if (!File.Exists(path)) return false;
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);   // somebody may be looking at it
        Mend(file);
        file.Seek(-Math.Min(file.Length, LookBackBytes), SeekOrigin.End);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd().Contains($"\"effect_id\":\"{effect.Id}\"", StringComparison.Ordinal);
    }

    public Task CarryOutAsync(StoredEffect effect)
    {
        CarryOut(effect);
        return Task.CompletedTask;
    }

    public void CarryOut(StoredEffect effect)
    {
        Directory.CreateDirectory(folder);
        using (var file = File.Open(PathOf(effect.Kind), FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            file.Write(Encoding.UTF8.GetBytes(effect.PayloadJson + "\n"));

        if (effect.Kind == Effects.ActionPriceLog)
        {
            LogActionPrice(actionPrice, effect.PayloadJson);
            return;
        }

        if (effect.Kind == Effects.Summary)
        {
            LogSummary(main, effect.Id);
            return;
        }

        using var json = JsonDocument.Parse(effect.PayloadJson);
        LogSignal(
            main,
            json.RootElement.GetProperty("symbol").GetString() ?? "",
            json.RootElement.GetProperty("text").GetString() ?? "",
            effect.SignalId,
            effect.Id);
    }

    private string PathOf(string kind) => kind switch
    {
        Effects.Notify or Effects.Summary => Path.Combine(folder, NotifyFile),
        Effects.ActionPriceLog => Path.Combine(folder, ActionPriceFile),
        _ => throw new InvalidOperationException($"Effect was of kind '{kind}', which this program does not carry out"),
    };

    /// <summary>Cuts off a line that a dying process did not finish.</summary>
    private static void Mend(FileStream file)
    {
        if (file.Length == 0) return;
        var look = (int)Math.Min(file.Length, LookBackBytes);
        var end = new byte[look];
        file.Seek(-look, SeekOrigin.End);
        file.ReadExactly(end);
        var last = Array.LastIndexOf(end, (byte)'\n');
        file.SetLength(file.Length - look + last + 1);
    }

    [LoggerMessage(3004, LogLevel.Information, "{Signal}")]
    private static partial void LogActionPrice(ILogger log, string signal);

    [LoggerMessage(3005, LogLevel.Information, "A summary is due: {Summary}")]
    private static partial void LogSummary(ILogger log, string summary);

    [LoggerMessage(3001, LogLevel.Information, "{Symbol} {Text} ({SignalId}, {EffectId})")]
    private static partial void LogSignal(ILogger log, string symbol, string text, string signalId, string effectId);
}
