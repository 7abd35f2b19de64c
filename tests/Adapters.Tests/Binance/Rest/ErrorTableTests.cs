using FuturesBot.Adapters.Binance.Rest;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Rest;

public sealed class ErrorTableTests
{
    [Theory]
    // One code, several texts, opposite meanings (spec 2.12, 3.8).
    [InlineData(503, -1001, "Unknown error, please check your request or try again later.", ErrorFate.Unknown, ErrorAdvice.QueryOrder)]
    [InlineData(503, -1001, "Service Unavailable.", ErrorFate.NotExecuted, ErrorAdvice.BackOff)]
    [InlineData(503, -1001, "Internal error; unable to process your request. Please try again.", ErrorFate.NotExecuted, ErrorAdvice.BackOff)]
    [InlineData(503, null, "Service Unavailable.", ErrorFate.NotExecuted, ErrorAdvice.BackOff)]
    [InlineData(503, null, null, ErrorFate.Unknown, ErrorAdvice.QueryOrder)]
    [InlineData(502, null, null, ErrorFate.Unknown, ErrorAdvice.QueryOrder)]
    [InlineData(504, -1001, "Disconnected", ErrorFate.Unknown, ErrorAdvice.QueryOrder)]
    [InlineData(400, -1008, "Request throttled by system-level protection.", ErrorFate.NotExecuted, ErrorAdvice.BackOff)]
    [InlineData(503, -1008, "Request throttled by system-level protection.", ErrorFate.NotExecuted, ErrorAdvice.BackOff)]
    [InlineData(400, -1006, "An unexpected response was received from the message bus.", ErrorFate.Unknown, ErrorAdvice.QueryOrder)]
    [InlineData(408, -1007, "Timeout waiting for response from backend server.", ErrorFate.Unknown, ErrorAdvice.QueryOrder)]
    [InlineData(429, -1003, "Too many requests.", ErrorFate.NotExecuted, ErrorAdvice.WaitForLimit)]
    [InlineData(418, -1003, "IP banned until 1793534999000.", ErrorFate.NotExecuted, ErrorAdvice.WaitForLimit)]
    [InlineData(400, -1015, "Too many new orders.", ErrorFate.NotExecuted, ErrorAdvice.WaitForLimit)]
    [InlineData(400, -1021, "Timestamp for this request is outside of the recvWindow.", ErrorFate.Rejected, ErrorAdvice.ReadClock)]
    [InlineData(400, -1022, "Signature for this request is not valid.", ErrorFate.Rejected, ErrorAdvice.Halt)]
    [InlineData(401, -2015, "Invalid API-key, IP, or permissions for action.", ErrorFate.Rejected, ErrorAdvice.Halt)]
    [InlineData(403, null, null, ErrorFate.Rejected, ErrorAdvice.Halt)]
    [InlineData(451, null, null, ErrorFate.Rejected, ErrorAdvice.Halt)]
    [InlineData(400, -1102, "Mandatory parameter was not sent.", ErrorFate.Rejected, ErrorAdvice.Alarm)]
    [InlineData(400, -1111, "Precision is over the maximum.", ErrorFate.Rejected, ErrorAdvice.Alarm)]
    [InlineData(400, -2013, "Order does not exist.", ErrorFate.Rejected, ErrorAdvice.CheckFills)]
    [InlineData(400, -2011, "Unknown order sent.", ErrorFate.Rejected, ErrorAdvice.CheckFills)]
    [InlineData(400, -2019, "Margin is insufficient.", ErrorFate.Rejected, ErrorAdvice.GiveUpSignal)]
    [InlineData(400, -2021, "Order would immediately trigger.", ErrorFate.Rejected, ErrorAdvice.CloseNow)]
    [InlineData(400, -2022, "ReduceOnly Order is rejected.", ErrorFate.Rejected, ErrorAdvice.Reconcile)]
    [InlineData(400, -4118, "ReduceOnly Order Failed.", ErrorFate.Rejected, ErrorAdvice.Reconcile)]
    [InlineData(400, -4116, "ClientOrderId is duplicated.", ErrorFate.Rejected, ErrorAdvice.QueryOrder)]
    [InlineData(400, -4117, "Stop order is triggering.", ErrorFate.Rejected, ErrorAdvice.WaitThenQuery)]
    [InlineData(400, -4130, "An open stop or take profit order with GTE and closePosition in the direction is existing.", ErrorFate.Rejected, ErrorAdvice.Reconcile)]
    [InlineData(400, -4120, "Order type not supported for this endpoint.", ErrorFate.Rejected, ErrorAdvice.Alarm)]
    [InlineData(400, -5022, "Due to the order could not be executed as maker.", ErrorFate.Rejected, ErrorAdvice.Reprice)]
    [InlineData(400, -4405, "Reduce only.", ErrorFate.Rejected, ErrorAdvice.StopEntries)]
    [InlineData(400, -4046, "No need to change margin type.", ErrorFate.Rejected, ErrorAdvice.TakeAsDone)]
    [InlineData(400, -1125, "This listenKey does not exist.", ErrorFate.Rejected, ErrorAdvice.RenewListenKey)]
    [InlineData(400, -9999, "Something of next year.", ErrorFate.Rejected, ErrorAdvice.Alarm)]
    [InlineData(302, null, null, ErrorFate.Unknown, ErrorAdvice.QueryOrder)]
    public void Find_StatusCodeAndMessage_GiveFateAndAdvice(int status, int? code, string? message, ErrorFate fate, ErrorAdvice advice)
    {
        var rule = ErrorTable.Find(status, code, message);

        Assert.Equal((fate, advice), (rule.Fate, rule.Advice));
    }

    [Fact]
    public void Find_AnyStatusAndCode_FindsARow()
    {
        for (var status = 0; status <= 999; status++)
            Assert.NotNull(ErrorTable.Find(status, status % 2 == 0 ? -status : null, status % 3 == 0 ? null : "text"));
    }

    [Fact]
    public void Rows_ThatStopEverything_AreToldAsForbidden()
    {
        foreach (var row in ErrorTable.Rows.Where(row => row.Advice == ErrorAdvice.Halt)) Assert.Equal(ExchangeFault.Forbidden, row.Fault);
    }
}
