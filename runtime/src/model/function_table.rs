//! FUNCTION_TABLEs: the values that a model gives to functions of its mechanisms.

use std::sync::Arc;

use nmodl::function_table::FunctionTable;

use super::Model;
use crate::error::ModelError;
use crate::id::MechanismId;

impl Model {
    /// Gives a FUNCTION_TABLE its values, or takes them away (NEURON's `table_name_suffix`).
    ///
    /// # Errors
    ///
    /// An id of another model, a name that is no FUNCTION_TABLE of the mechanism, a table of another
    /// number of arguments.
    pub fn set_function_table(
        &mut self,
        mechanism: MechanismId,
        name: &str,
        table: Option<FunctionTable>,
    ) -> Result<(), ModelError> {
        let description = self.mechanism(mechanism)?;
        let Some(index) = description.function_table(name) else {
            return Err(ModelError::NoFunctionTable {
                mechanism: description.name.clone(),
                name: name.to_owned(),
            });
        };
        let wanted = description.function_tables[index].arguments.len();
        if let Some(given) = table.as_ref().and_then(FunctionTable::arguments)
            && given != wanted
        {
            return Err(ModelError::FunctionTableArguments {
                mechanism: description.name.clone(),
                name: name.to_owned(),
                wanted,
                given,
            });
        }
        self.mechanisms[mechanism.index()].function_tables[index] = table.map(Arc::new);
        Ok(())
    }
}
