namespace FuturesBot.Dashboard;

/// <summary>Where changes are written down. Called from any thread.</summary>
public interface IAuditLog
{
    void Write(AuditEntry entry);
}
