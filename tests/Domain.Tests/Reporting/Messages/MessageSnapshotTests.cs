using FuturesBot.Domain.Reporting;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

/// <summary>Every text as it was read and approved, in both languages.</summary>
public sealed class MessageSnapshotTests
{
    public static TheoryData<string> Names => [.. MessageSamples.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Html_InRussian_ReadsAsApproved(string name) =>
        Snapshot.Match(MessageSamples.All[name].Html(new(ChatLanguage.Russian, MessageSamples.Kyiv)), name + ".ru");

    [Theory, MemberData(nameof(Names))]
    public void Html_InEnglish_ReadsAsApproved(string name) =>
        Snapshot.Match(MessageSamples.All[name].Html(new(ChatLanguage.English, MessageSamples.Kyiv)), name + ".en");
}
