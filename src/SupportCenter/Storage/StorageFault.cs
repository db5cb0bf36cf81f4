using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Storage;

/// <summary>Tells the database's failures from our own bugs.</summary>
internal static class StorageFault
{
    public static bool IsOne(Exception exception) => exception is DbException or DbUpdateException or IOException;
}
